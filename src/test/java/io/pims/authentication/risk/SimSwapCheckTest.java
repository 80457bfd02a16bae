package io.pims.authentication.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pims.authentication.risk.SimSwap.Kind;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimSwapCheckTest {

    private static final UUID TRANSACTION = UUID.randomUUID();

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> recorded = new ArrayList<>();
    private final List<PhoneNumber> asked = new ArrayList<>();
    private Uni<Void> record = Uni.createFrom().voidItem();

    private SimSwapCheck check(Kind answer, String mode, String onNoAnswer) {
        RiskConfig config =
                ScriptedOperator.config("pims.risk.sim-swap.mode", mode, "pims.risk.on-no-answer", onNoAnswer);
        NumberRisk risk = new NumberRisk() {

            @Override
            public Uni<SimSwap> simSwap(PhoneNumber number, UUID transaction) {
                asked.add(number);
                return Uni.createFrom().item(new SimSwap(answer, "detail"));
            }

            @Override
            public void close() {}
        };
        SwapRecord record = (user, transaction, refused) -> {
            recorded.add(user + " " + refused);
            return this.record;
        };
        return new SimSwapCheck(config, Optional.of(risk), record, registry);
    }

    private static Verdict ask(SimSwapCheck check) {
        return check.ask("driver", TRANSACTION, ScriptedOperator.NUMBER, Runnable::run)
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    @Test
    void without_somebody_to_ask_it_is_off_and_takes_no_time() {
        SimSwapCheck off = new SimSwapCheck(ScriptedOperator.config(), Optional.empty(), null, registry);

        assertThat(off.isOn()).isFalse();
        assertThat(off.longest()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "record, SWAPPED, SEND, driver false",
        "enforce, SWAPPED, SWAPPED, driver true",
        "record, NOT_SWAPPED, SEND, ",
        "enforce, NOT_SWAPPED, SEND, ",
        "enforce, NO_ANSWER, UNANSWERED, ",
        "enforce, UNKNOWN_NUMBER, UNKNOWABLE, ",
        "record, FAULT, SEND, ",
    })
    void a_swap_is_recorded_and_what_follows_is_the_modes(String mode, Kind answer, Verdict verdict, String event) {
        assertThat(ask(check(answer, mode, "refuse"))).isEqualTo(verdict);
        assertThat(recorded).isEqualTo(event == null ? List.of() : List.of(event));
    }

    @ParameterizedTest
    @EnumSource
    void each_question_is_counted_by_its_answer_and_no_answer_is_kept(Kind answer) {
        SimSwapCheck check = check(answer, "enforce", "send");

        ask(check);
        ask(check);

        assertThat(registry.get("pims.sim.swap.check")
                        .tag("outcome", answer.word())
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(asked).containsExactly(ScriptedOperator.NUMBER, ScriptedOperator.NUMBER);
    }

    @Test
    void each_outcome_has_its_series_from_the_start_on() {
        check(Kind.SWAPPED, "enforce", "send");

        assertThat(registry.getMeters()).hasSize(Kind.values().length);
    }

    /** The rescuer asks again, and then there is both. */
    @Test
    void a_refusal_that_can_not_be_recorded_is_none() {
        record = Uni.createFrom().failure(new IllegalStateException("no database"));

        assertThat(check(Kind.SWAPPED, "enforce", "send")
                        .ask("driver", TRANSACTION, ScriptedOperator.NUMBER, Runnable::run)
                        .onFailure()
                        .recoverWithNull()
                        .await()
                        .atMost(Duration.ofSeconds(30)))
                .isNull();
    }

    @Test
    void a_code_that_goes_all_the_same_goes_without_its_record_too() {
        record = Uni.createFrom().failure(new IllegalStateException("no database"));

        assertThat(ask(check(Kind.SWAPPED, "record", "send"))).isEqualTo(Verdict.SEND);
    }
}
