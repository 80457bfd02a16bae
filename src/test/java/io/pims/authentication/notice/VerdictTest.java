package io.pims.authentication.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.webhook.WebhookResult;
import io.pims.authentication.webhook.WebhookResult.End;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

    private static WebhookResult answer(int status, String retryAfter) {
        return new WebhookResult(End.ANSWERED, status, Buffer.buffer(), Optional.ofNullable(retryAfter), "");
    }

    @ParameterizedTest
    @CsvSource({
        "200, TAKEN",
        "202, TAKEN",
        "204, TAKEN",
        "299, TAKEN",
        "100, FAILED",
        "301, FAILED",
        "308, FAILED",
        "400, REFUSED",
        "409, REFUSED",
        "413, REFUSED",
        "422, REFUSED",
        "401, FAILED",
        "403, FAILED",
        "404, FAILED",
        "405, FAILED",
        "408, FAILED",
        "418, FAILED",
        "429, FAILED",
        "410, GONE",
        "500, FAILED",
        "502, FAILED",
        "503, FAILED",
        "599, FAILED",
        "600, FAILED",
        "999, FAILED"
    })
    void a_status_is_a_verdict(int status, Verdict verdict) {
        assertThat(Verdict.of(answer(status, null))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"BUSY, NOT_POSTED", "GIVEN_UP, NOT_POSTED", "UNREACHABLE, FAILED", "NO_ANSWER, FAILED", "BROKEN, FAILED"
    })
    void without_an_answer_it_is_not_taken(End end, Verdict verdict) {
        assertThat(Verdict.of(new WebhookResult(end, 0, Buffer.buffer(), Optional.empty(), "")))
                .isEqualTo(verdict);
    }

    @Test
    void a_time_in_seconds_is_read() {
        assertThat(Verdict.retryAfter(answer(503, "120"))).contains(Duration.ofMinutes(2));
        assertThat(Verdict.retryAfter(answer(503, "999999999"))).contains(Duration.ofSeconds(999_999_999));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 5", "-5", "5.5", "5s", "1000000000", "Wed, 21 Oct 2026 07:28:00 GMT", "٥"})
    void any_other_time_is_none(String header) {
        assertThat(Verdict.retryAfter(answer(503, header))).isEmpty();
        assertThat(Verdict.retryAfter(answer(503, null))).isEmpty();
    }
}
