package io.pims.authentication.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProviderCallsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Sms SMS =
            new Sms("+33612345678", "PIMS", "text", "ref", Duration.ofMinutes(10), "en", "peugeot", "FR");
    private static final Duration ANSWER = Duration.ofSeconds(4);

    private final TransactionConfig transactions = TestConfig.of(TransactionConfig.class);
    private final DispatchConfig config = TestConfig.of(DispatchConfig.class);
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Provider provider = new Provider();
    private final Road road = new Road("vonage", provider, Set.of(), Optional.empty(), Map.of(), Optional.empty());
    private final List<Object> told = new ArrayList<>();
    private final UUID id = UUID.randomUUID();
    private final HeldLease lease = new HeldLease(id, 1);
    private long nanoTime;
    private final InFlight inFlight = new InFlight(transactions, () -> nanoTime);

    private static final class Provider implements SmsSender {

        private SendPermit permit;
        private UniEmitter<? super SmsOutcome> answer;

        @Override
        public Uni<SmsOutcome> send(Sms sms, SendPermit lent) {
            permit = lent;
            return Uni.createFrom().emitter(emitter -> answer = emitter);
        }

        @Override
        public boolean configured() {
            return true;
        }

        @Override
        public int concurrency() {
            return 8;
        }

        @Override
        public Duration longestCall() {
            return ANSWER;
        }
    }

    private static final class Composer extends SmsComposer {

        private final boolean works;

        private Composer(boolean works) {
            super(null, null, null, null, null);
            this.works = works;
        }

        @Override
        Sms compose(Claim claim, Road by, Optional<Duration> codeLifetimeLeft) {
            if (works) {
                return SMS;
            }
            throw new IllegalStateException("no key");
        }
    }

    private ProviderCalls calls(boolean composes) {
        SendSlots slots = new SendSlots(provider.concurrency(), (waiting, again) -> true);
        GuardedRoads roads = new GuardedRoads(List.of(new GuardedRoad(road, slots, null)));
        DispatchMetrics metrics = new DispatchMetrics(new SimpleMeterRegistry(), clock, transactions, inFlight, roads);
        return new ProviderCalls(clock, config, new Composer(composes), inFlight, metrics);
    }

    private void make(ProviderCalls calls, Duration untilDeadline) {
        SmsOrder order = new SmsOrder(
                "driver",
                "resetPIN",
                new SealedNumber(new byte[] {1}, "k1", new byte[] {2}),
                Optional.empty(),
                "en",
                "peugeot",
                Optional.empty());
        Claim claim = new Claim(id, 1, 1, untilDeadline, Optional.empty(), order);
        Uni.createFrom()
                .deferred(() -> calls.make(new SendProgress(claim, 3, NOW), road, Runnable::run))
                .subscribe()
                .with(told::add, told::add);
    }

    private void pass(Duration time) {
        nanoTime += time.toNanos();
    }

    @Test
    void a_call_is_under_way_until_its_outcome_is_told() {
        ProviderCalls calls = calls(true);

        make(calls, Duration.ofSeconds(30));
        assertThat(calls.underWay()).containsExactly(lease);
        provider.answer.complete(SmsOutcome.accepted("id", "0"));

        assertThat(calls.underWay()).isEmpty();
        assertThat(told).containsExactly(SmsOutcome.accepted("id", "0"));
    }

    @Test
    void an_SMS_that_can_not_be_composed_is_no_call_under_way() {
        ProviderCalls calls = calls(false);

        make(calls, Duration.ofSeconds(30));

        assertThat(calls.underWay()).isEmpty();
        assertThat(told).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_SMS_may_leave_while_its_answer_can_come_under_the_lease() {
        inFlight.tryHold(id);
        make(calls(true), Duration.ofSeconds(30));

        pass(transactions.lease().minus(ANSWER));
        assertThat(provider.permit.lasts(ANSWER)).isTrue();

        pass(Duration.ofNanos(1));
        assertThat(provider.permit.lasts(ANSWER)).isFalse();
    }

    @Test
    void an_SMS_may_not_leave_for_somebody_who_does_not_hold_its_lease_any_more() {
        inFlight.tryHold(id);
        make(calls(true), Duration.ofSeconds(30));

        inFlight.release(lease);

        assertThat(provider.permit.lasts(Duration.ZERO)).isFalse();
    }

    @Test
    void an_SMS_may_not_leave_after_its_deadline() {
        inFlight.tryHold(id);
        make(calls(true), Duration.ZERO);

        assertThat(provider.permit.lasts(ANSWER)).isFalse();
    }

    /** Else a lease that is shorter than the provider's patience would let nothing leave. */
    @Test
    void a_provider_that_is_more_patient_than_the_policy_asks_for_no_more_than_the_policy_does() {
        inFlight.tryHold(id);
        make(calls(true), Duration.ofSeconds(30));

        assertThat(provider.permit.lasts(Duration.ofMinutes(1))).isTrue();
    }
}
