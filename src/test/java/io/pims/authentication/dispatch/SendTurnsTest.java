package io.pims.authentication.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.risk.NumberRisk;
import io.pims.authentication.risk.RiskConfig;
import io.pims.authentication.risk.SimSwap;
import io.pims.authentication.risk.SimSwap.Kind;
import io.pims.authentication.risk.SimSwapCheck;
import io.pims.authentication.sms.Road;
import io.pims.authentication.sms.SendPermit;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsSender;
import io.pims.authentication.sms.TestConfig;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.HeldLease;
import io.pims.authentication.transaction.InFlight;
import io.pims.authentication.transaction.SmsOrder;
import io.pims.authentication.transaction.TransactionConfig;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SendTurnsTest {

    private static final Sms SMS =
            new Sms("+33612345678", "PIMS", "text", "ref", Duration.ofMinutes(10), "en", "peugeot", "FR");
    private static final SmsOutcome ACCEPTED = SmsOutcome.accepted("id", "0");
    private static final Duration DEADLINE = Duration.ofSeconds(8);
    private static final SendSlots.Pace AT_ONCE = (waiting, again) -> true;
    private static final SendSlots.Pace NEVER = (waiting, again) -> false;

    private final TransactionConfig transactions = TestConfig.of(TransactionConfig.class);
    private final DispatchConfig config = TestConfig.of(DispatchConfig.class);
    private final InFlight inFlight = new InFlight(transactions);
    private final UUID id = UUID.randomUUID();
    private SimSwapCheck check =
            new SimSwapCheck(TestConfig.of(RiskConfig.class), Optional.empty(), null, new SimpleMeterRegistry());

    private record Sender(SmsOutcome outcome) implements SmsSender {

        @Override
        public Uni<SmsOutcome> send(Sms sms, SendPermit permit) {
            return Uni.createFrom().item(outcome);
        }

        @Override
        public boolean configured() {
            return true;
        }

        @Override
        public int concurrency() {
            return 1;
        }

        @Override
        public Duration longestCall() {
            return Duration.ZERO;
        }
    }

    private static final class Composer extends SmsComposer {

        private Composer() {
            super(null, null, null, null, null);
        }

        @Override
        Sms compose(Claim claim, Road by, Optional<Duration> codeLifetimeLeft) {
            return SMS;
        }
    }

    private static final class NumberOpener extends SmsComposer {

        private NumberOpener() {
            super(null, null, null, null, null);
        }

        @Override
        PhoneNumber number(Claim claim) {
            return new PhoneNumber(SMS.to());
        }
    }

    /** Asks somebody about the SIM, who answers after something has happened. */
    private void asks(Kind answer, Runnable meanwhile) {
        NumberRisk risk = new NumberRisk() {

            @Override
            public Uni<SimSwap> simSwap(PhoneNumber number, UUID transaction) {
                meanwhile.run();
                return Uni.createFrom().item(new SimSwap(answer, "detail"));
            }

            @Override
            public void close() {}
        };
        check = new SimSwapCheck(
                TestConfig.of(
                        RiskConfig.class, "pims.risk.sim-swap.mode", "enforce", "pims.risk.on-no-answer", "refuse"),
                Optional.of(risk),
                (user, transaction, refused) -> Uni.createFrom().voidItem(),
                new SimpleMeterRegistry());
    }

    /** SmallRye's own needs a container; these tests are about what stands around the call. */
    private static TypedGuard<Uni<SmsOutcome>> unguarded() {
        return new TypedGuard<>() {

            @Override
            public Uni<SmsOutcome> call(Callable<Uni<SmsOutcome>> action) throws Exception {
                return action.call();
            }

            @Override
            public Uni<SmsOutcome> get(Supplier<Uni<SmsOutcome>> action) {
                return action.get();
            }
        };
    }

    private static GuardedRoad road(String name, SendSlots.Pace pace, SmsOutcome outcome) {
        Road road = new Road(name, new Sender(outcome), Set.of(), Optional.empty(), Map.of(), Optional.empty());
        BreakerState state = new BreakerState(Duration.ofSeconds(2), System::nanoTime);
        return new GuardedRoad(road, new SendSlots(1, pace), new CallGuard(state, any -> unguarded()));
    }

    private NextStep turn(GuardedRoad... roads) {
        return turn(progress(roads), roads);
    }

    private SendProgress progress(GuardedRoad... roads) {
        return progress(DEADLINE, roads);
    }

    private SendProgress progress(Duration deadline, GuardedRoad... roads) {
        SmsOrder order = new SmsOrder(
                "driver",
                "resetPIN",
                new SealedNumber(new byte[] {1}, "k1", new byte[] {2}),
                Optional.empty(),
                "en",
                "peugeot",
                Optional.empty());
        inFlight.tryHold(id);
        Clock clock = Clock.systemUTC();
        SendProgress progress =
                new SendProgress(new Claim(id, 1, 1, deadline, Optional.empty(), order), 3, clock.instant());
        progress.goBy(IntStream.range(0, roads.length)
                .mapToObj(road -> roads[road].road().name())
                .toList());
        return progress;
    }

    private NextStep turn(SendProgress progress, GuardedRoad... all) {
        Clock clock = Clock.systemUTC();
        List<GuardedRoad> roads = List.of(all);
        DispatchMetrics metrics =
                new DispatchMetrics(new SimpleMeterRegistry(), clock, transactions, inFlight, new GuardedRoads(roads));
        ProviderCalls calls = new ProviderCalls(clock, config, new Composer(), inFlight, metrics);
        FreshSim freshSim = new FreshSim(clock, check, new NumberOpener(), inFlight, transactions);
        return new SendTurns(clock, config, calls, null, inFlight, freshSim)
                .take(progress, roads, true, Runnable::run)
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    @Test
    void a_crowded_road_gives_way_to_one_that_is_free() {
        assertThat(turn(road("first", NEVER, ACCEPTED), road("second", AT_ONCE, ACCEPTED)))
                .isEqualTo(new NextStep.Sent(ACCEPTED, "second"));
    }

    @Test
    void where_all_roads_are_crowded_the_next_turn_begins_at_the_first_one_again() {
        GuardedRoad[] roads = {road("first", NEVER, ACCEPTED), road("second", NEVER, ACCEPTED)};
        SendProgress progress = progress(roads);

        assertThat(turn(progress, roads)).isEqualTo(new NextStep.Retry());
        assertThat(progress.isCounted()).as("no call was made").isTrue();
        assertThat(progress.lastOutcome()).isEqualTo("TRY_LATER");
    }

    @Test
    void the_only_road_is_waited_for_until_the_deadline() {
        Duration deadline = SendTurns.LONGEST_WAIT.plusSeconds(2);
        GuardedRoad road = road("vonage", NEVER, ACCEPTED);
        SendProgress progress = progress(deadline, road);
        long began = System.nanoTime();

        assertThat(turn(progress, road)).isInstanceOf(NextStep.Failed.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(deadline.minusSeconds(1));
    }

    @Test
    void a_road_that_is_due_gets_the_SMS_that_a_closed_one_has_no_room_for() {
        GuardedRoad first = road("first", AT_ONCE, ACCEPTED);
        first.guard().state().changed(CircuitBreakerState.OPEN);
        GuardedRoad[] roads = {first, road("second", NEVER, ACCEPTED)};
        SendProgress progress = progress(roads);
        progress.beginTurn();
        first.guard().state().changed(CircuitBreakerState.HALF_OPEN);

        assertThat(turn(progress, roads)).isEqualTo(new NextStep.Sent(ACCEPTED, "first"));
    }

    @Test
    void an_SMS_whose_SIM_is_old_goes() {
        asks(Kind.NOT_SWAPPED, () -> {});

        assertThat(turn(road("vonage", AT_ONCE, ACCEPTED))).isEqualTo(new NextStep.Sent(ACCEPTED, "vonage"));
    }

    @Test
    void an_SMS_whose_SIM_is_new_is_offered_to_no_road() {
        asks(Kind.SWAPPED, () -> {});

        assertThat(turn(road("vonage", NEVER, ACCEPTED))).isEqualTo(new NextStep.Failed(ErrorCode.SERVER_ERROR));
    }

    @Test
    void an_SMS_of_whose_SIM_nobody_tells_waits_for_the_next_turn() {
        GuardedRoad road = road("vonage", NEVER, ACCEPTED);
        SendProgress progress = progress(road);
        asks(Kind.NO_ANSWER, () -> {});

        assertThat(turn(progress, road)).isEqualTo(new NextStep.Retry());
        assertThat(progress.isCounted()).as("no call was made").isTrue();
    }

    @Test
    void an_SMS_whose_lease_ends_during_the_question_is_not_sent() {
        asks(Kind.NOT_SWAPPED, () -> inFlight.release(new HeldLease(id, 1)));

        assertThat(turn(road("vonage", AT_ONCE, ACCEPTED))).isEqualTo(new NextStep.Abandon());
    }
}
