package io.pims.authentication.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.risk.SimSwap.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RiskPolicyTest {

    @ParameterizedTest
    @EnumSource
    void without_enforcement_every_code_is_sent(Kind answer) {
        for (OnNoAnswer onNoAnswer : OnNoAnswer.values()) {
            assertThat(new RiskPolicy(RiskMode.OFF, onNoAnswer).verdict(answer)).isEqualTo(Verdict.SEND);
            assertThat(new RiskPolicy(RiskMode.RECORD, onNoAnswer).verdict(answer))
                    .isEqualTo(Verdict.SEND);
        }
    }

    @ParameterizedTest
    @EnumSource
    void with_enforcement_an_answer_decides_and_without_one_the_setting(Kind answer) {
        Verdict sending = new RiskPolicy(RiskMode.ENFORCE, OnNoAnswer.SEND).verdict(answer);
        Verdict refusing = new RiskPolicy(RiskMode.ENFORCE, OnNoAnswer.REFUSE).verdict(answer);

        switch (answer) {
            case SWAPPED -> assertThat(List.of(sending, refusing)).containsOnly(Verdict.SWAPPED);
            case NOT_SWAPPED -> assertThat(List.of(sending, refusing)).containsOnly(Verdict.SEND);
            case UNKNOWN_NUMBER -> {
                assertThat(sending).isEqualTo(Verdict.SEND);
                assertThat(refusing).as("it will not be known later").isEqualTo(Verdict.UNKNOWABLE);
            }
            default -> {
                assertThat(sending).isEqualTo(Verdict.SEND);
                assertThat(refusing).isEqualTo(Verdict.UNANSWERED);
            }
        }
    }

    @Test
    void the_breaker_counts_what_time_may_heal() {
        assertThat(Kind.values())
                .filteredOn(Kind::isFailure)
                .containsExactly(Kind.UNREACHABLE, Kind.NO_ANSWER, Kind.FAULT);
    }
}
