package io.pims.authentication.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiExceptionTest {

    @Test
    void a_missing_parameter_is_named_in_the_label_and_is_400_by_default() {
        ApiException missing = ApiException.missing("type");

        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.code()).isEqualTo(ErrorCode.MISSING_PARAMETER);
        assertThat(missing.parameter()).isEqualTo("type");
        assertThat(missing).hasMessage("Missing type parameter");
        assertThat(ApiException.missing("trustedphonenumber", 409).status()).isEqualTo(409);
    }

    @Test
    void an_invalid_parameter_is_named_in_the_label_and_is_400_by_default() {
        ApiException invalid = ApiException.invalid("type");

        assertThat(invalid.status()).isEqualTo(400);
        assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(invalid.parameter()).isEqualTo("type");
        assertThat(invalid).hasMessage("Invalid type parameter");
        assertThat(ApiException.invalid("transactionId", 404).status()).isEqualTo(404);
    }

    @Test
    void other_refusals_name_no_parameter() {
        ApiException refusal = ApiException.of(503, ErrorCode.CORE_NOT_WELL_CONFIGURED);

        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.code()).isEqualTo(ErrorCode.CORE_NOT_WELL_CONFIGURED);
        assertThat(refusal.parameter()).isNull();
        assertThat(refusal.headers()).isEmpty();
    }

    @Test
    void a_database_that_is_away_is_worth_another_try_and_keeps_its_cause_for_the_log_only() {
        IllegalStateException cause = new IllegalStateException("jdbc:postgresql://db-7.internal");

        ApiException away = ApiException.databaseAway(cause);

        assertThat(away.status()).isEqualTo(503);
        assertThat(away.code()).isEqualTo(ErrorCode.SERVER_ERROR);
        assertThat(away.headers()).containsExactly(entry("Retry-After", "2"));
        assertThat(away).hasCause(cause).hasMessage("Server Error");
    }

    @ParameterizedTest
    @CsvSource({
        "PT-5S, 1",
        "PT0S, 1",
        "PT0.000001S, 1",
        "PT1S, 1",
        "PT1.000001S, 2",
        "PT1.999999S, 2",
        "PT12M, 720",
    })
    void retry_after_is_rounded_up_to_whole_seconds_and_at_least_one(Duration delay, String seconds) {
        ApiException refusal = ApiException.of(429, ErrorCode.TIMEOUT).retryAfter(delay);

        assertThat(refusal.headers()).containsExactly(entry("Retry-After", seconds));
    }

    @Test
    void headers_keep_their_order_and_the_last_value_wins() {
        ApiException refusal = ApiException.of(401, ErrorCode.INVALID_PARAMETER)
                .header("B", "1")
                .header("A", "2")
                .header("B", "3");

        assertThat(refusal.headers()).containsExactly(entry("B", "3"), entry("A", "2"));
    }
}
