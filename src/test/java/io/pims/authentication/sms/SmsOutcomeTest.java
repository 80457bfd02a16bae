package io.pims.authentication.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.http.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsOutcomeTest {

    @ParameterizedTest
    @CsvSource({
        "TRY_LATER, true, TIMEOUT",
        "NO_ANSWER, true, TIMEOUT",
        "UNREACHABLE, true, NETWORK_PROBLEM",
        "FAULT, true, SERVER_ERROR",
        "REFUSED, false, SERVER_ERROR",
        "MISCONFIGURED, false, CORE_NOT_WELL_CONFIGURED",
    })
    void a_kind_says_whether_to_repeat_and_what_the_driver_is_told(
            SmsOutcome.Kind kind, boolean retryable, ErrorCode error) {
        SmsOutcome outcome = new SmsOutcome(kind, null, "7");

        assertThat(outcome.retryable()).isEqualTo(retryable);
        assertThat(outcome.error()).contains(error);
    }

    @Test
    void an_accepted_sms_is_neither_repeated_nor_an_error() {
        SmsOutcome outcome = SmsOutcome.accepted("0C000000217B7F02", "0");

        assertThat(outcome.retryable()).isFalse();
        assertThat(outcome.error()).isEmpty();
    }

    @Test
    void an_sms_prints_neither_number_nor_text() {
        Sms sms = new Sms(
                "+33612345678", "Peugeot", "Peugeot: 123456", "ref", Duration.ofMinutes(10), "en", "peugeot", "FR");

        assertThat(sms.toString()).contains("ref").doesNotContain("33612345678", "123456");
    }
}
