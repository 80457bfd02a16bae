package io.pims.authentication.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.risk.NumberRisk;
import io.pims.authentication.risk.RiskConfig;
import io.pims.authentication.risk.SimSwap;
import io.pims.authentication.risk.SimSwap.Kind;
import io.pims.authentication.risk.SimSwapCheck;
import io.pims.authentication.sms.TestConfig;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.HeldLease;
import io.pims.authentication.transaction.InFlight;
import io.pims.authentication.transaction.SmsOrder;
import io.pims.authentication.transaction.TransactionConfig;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshSimTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final NextStep FAILED = new NextStep.Failed(ErrorCode.SERVER_ERROR);
    private static final NextStep MAY_GO = new NextStep.NextRoad();

    private final TransactionConfig transactions = TestConfig.of(TransactionConfig.class);
    private final UUID id = UUID.randomUUID();
    private long nanoTime;
    private final InFlight inFlight = new InFlight(transactions, () -> nanoTime);
    private final List<PhoneNumber> asked = new ArrayList<>();
    private UniEmitter<? super SimSwap> answer;

    private static final class Composer extends SmsComposer {

        private Composer() {
            super(null, null, null, null, null);
        }

        @Override
        PhoneNumber number(Claim claim) {
            return new PhoneNumber("+33612345678");
        }
    }

    private FreshSim freshSim(String onNoAnswer, String... settings) {
        return freshSim(transactions, onNoAnswer, settings);
    }

    private FreshSim freshSim(TransactionConfig leases, String onNoAnswer, String... settings) {
        String[] all = List.of("pims.risk.sim-swap.mode", "enforce", "pims.risk.on-no-answer", onNoAnswer)
                .toArray(new String[4 + settings.length]);
        System.arraycopy(settings, 0, all, 4, settings.length);
        NumberRisk risk = new NumberRisk() {

            @Override
            public Uni<SimSwap> simSwap(PhoneNumber number, UUID transaction) {
                asked.add(number);
                return Uni.createFrom().emitter(emitter -> answer = emitter);
            }

            @Override
            public void close() {}
        };
        SimSwapCheck check = new SimSwapCheck(
                TestConfig.of(RiskConfig.class, all),
                Optional.of(risk),
                (user, transaction, refused) -> Uni.createFrom().voidItem(),
                new SimpleMeterRegistry());
        return new FreshSim(Clock.fixed(NOW, ZoneOffset.UTC), check, new Composer(), inFlight, leases);
    }

    private SendProgress progress(String type, Duration untilDeadline) {
        SmsOrder order = new SmsOrder(
                "driver",
                type,
                new SealedNumber(new byte[] {1}, "k1", new byte[] {2}),
                Optional.empty(),
                "en",
                "peugeot",
                Optional.empty());
        return new SendProgress(new Claim(id, 1, 1, untilDeadline, Optional.empty(), order), 3, NOW);
    }

    private SendProgress held() {
        inFlight.tryHold(id);
        return progress("resetPIN", Duration.ofSeconds(30));
    }

    private List<NextStep> ask(FreshSim freshSim, SendProgress progress) {
        List<NextStep> told = new ArrayList<>();
        freshSim.ask(progress, Runnable::run).subscribe().with(told::add);
        return told;
    }

    private List<NextStep> ask(FreshSim freshSim, SendProgress progress, Kind kind) {
        List<NextStep> told = ask(freshSim, progress);
        answer.complete(new SimSwap(kind, "detail"));
        return told;
    }

    @ParameterizedTest
    @CsvSource({"resetPIN, true", "phoneNumberCertification, false", "pinReset, false", "phoneNumberChanged, false"})
    void only_a_code_for_a_reset_is_asked_for(String type, boolean asks) {
        assertThat(freshSim("send").mustAsk(progress(type, Duration.ofSeconds(30))))
                .isEqualTo(asks);
    }

    @Test
    void off_nothing_is_asked() {
        SimSwapCheck off =
                new SimSwapCheck(TestConfig.of(RiskConfig.class), Optional.empty(), null, new SimpleMeterRegistry());

        assertThat(new FreshSim(Clock.systemUTC(), off, new Composer(), inFlight, transactions).mustAsk(held()))
                .isFalse();
    }

    @Test
    void an_old_SIM_gets_its_code_and_is_not_asked_about_again_under_this_lease() {
        FreshSim freshSim = freshSim("refuse");
        SendProgress progress = held();

        assertThat(ask(freshSim, progress, Kind.NOT_SWAPPED)).containsExactly(MAY_GO);
        assertThat(freshSim.mustAsk(progress)).isFalse();
        assertThat(freshSim.mustAsk(progress("resetPIN", Duration.ofSeconds(30))))
                .as("after a rescue")
                .isTrue();
    }

    @Test
    void a_new_SIM_gets_none_and_the_log_and_the_metric_say_so() {
        SendProgress progress = held();

        assertThat(ask(freshSim("send"), progress, Kind.SWAPPED)).containsExactly(FAILED);
        assertThat(progress.lastOutcome()).isEqualTo("SIM_SWAPPED");
        assertThat(progress.reason()).isEqualTo("the SIM was swapped");
        assertThat(progress.unwrittenAttempt()).as("no call of a provider").isNull();
    }

    @Test
    void without_an_answer_the_code_goes_if_the_setting_says_so() {
        assertThat(ask(freshSim("send"), held(), Kind.NO_ANSWER)).containsExactly(MAY_GO);
    }

    @Test
    void without_an_answer_the_next_turn_asks_again_and_the_deadline_ends_it() {
        FreshSim freshSim = freshSim("refuse");
        SendProgress progress = held();

        assertThat(ask(freshSim, progress, Kind.NO_ANSWER)).containsExactly(new NextStep.Retry());
        assertThat(freshSim.mustAsk(progress)).isTrue();
        assertThat(progress.giveUp()).as("if the policy ends it").isEqualTo(FAILED);
        assertThat(progress.lastOutcome()).isEqualTo("SIM_UNKNOWN");
        assertThat(ask(freshSim, progress, Kind.NOT_SWAPPED)).containsExactly(MAY_GO);
        assertThat(progress.lastOutcome()).as("forgotten").isEqualTo("LATE");
        assertThat(asked).hasSize(2);
    }

    /** Each question costs money, and this answer will be the same in a second. */
    @Test
    void a_number_that_the_network_can_not_tell_of_is_refused_at_once() {
        SendProgress progress = held();

        assertThat(ask(freshSim("refuse"), progress, Kind.UNKNOWN_NUMBER)).containsExactly(FAILED);
        assertThat(progress.lastOutcome()).isEqualTo("SIM_UNKNOWN");
        assertThat(progress.reason()).isEqualTo("nobody tells whether the SIM was swapped");
    }

    @Test
    void after_the_deadline_nothing_is_asked() {
        inFlight.tryHold(id);

        assertThat(ask(freshSim("send"), progress("resetPIN", Duration.ZERO)))
                .containsExactly(new NextStep.Failed(ErrorCode.TIMEOUT));
        assertThat(asked).isEmpty();
    }

    @Test
    void under_a_lost_lease_nothing_is_asked() {
        SendProgress progress = held();
        inFlight.release(new HeldLease(id, 1));

        assertThat(ask(freshSim("send"), progress)).containsExactly(new NextStep.Abandon());
        assertThat(asked).isEmpty();
    }

    @Test
    void a_question_begins_only_if_it_can_end_under_its_lease() {
        FreshSim freshSim = freshSim("send");
        SendProgress progress = held();

        nanoTime = transactions.lease().minusSeconds(2).toNanos() + 1;
        assertThat(ask(freshSim, progress)).containsExactly(new NextStep.Retry());
        assertThat(asked).isEmpty();

        nanoTime--;
        ask(freshSim, progress);
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"2s, 3s, true", "2001ms, 3s, false"})
    void a_question_that_could_outlast_a_lease_stops_the_start(String timeout, String lease, boolean starts) {
        TransactionConfig leases = TestConfig.of(TransactionConfig.class, "pims.transaction.lease", lease);

        if (starts) {
            freshSim(leases, "send", "pims.risk.sim-swap.timeout", timeout);
        } else {
            assertThatThrownBy(() -> freshSim(leases, "send", "pims.risk.sim-swap.timeout", timeout))
                    .isInstanceOf(WrongSetting.class)
                    .hasMessageStartingWith("pims.risk.sim-swap.timeout must not exceed two thirds");
        }
    }
}
