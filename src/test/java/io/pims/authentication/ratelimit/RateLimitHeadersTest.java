package io.pims.authentication.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.ratelimit.Charge.Quota;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitHeadersTest {

    private static final Limit FIVE_AN_HOUR = Limit.parse("5/1h");

    @Test
    void policy_and_standing_are_structured_fields() {
        Quota quota = new Quota("user-3600s", FIVE_AN_HOUR, 3, Duration.ZERO);

        assertThat(RateLimitHeaders.of(quota))
                .containsExactly(
                        entry("RateLimit-Policy", "\"user-3600s\";q=5;w=3600"),
                        entry("RateLimit", "\"user-3600s\";r=3;t=0"));
    }

    @Test
    void a_service_without_limits_tells_none() {
        Quota quota = new Quota(null, null, Integer.MAX_VALUE, Duration.ZERO);

        assertThat(RateLimitHeaders.of(quota)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT0.000001S, 1", "PT1S, 1", "PT1.000001S, 2", "PT11M59.9S, 720"})
    void the_reset_is_rounded_up_so_that_nobody_comes_too_early(Duration retryAfter, long seconds) {
        Quota quota = new Quota("user-3600s", FIVE_AN_HOUR, 0, retryAfter);

        assertThat(RateLimitHeaders.of(quota)).containsEntry("RateLimit", "\"user-3600s\";r=0;t=" + seconds);
    }

    @Test
    void headers_are_in_latin_digits_whatever_the_machines_language() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(RateLimitHeaders.of(new Quota("user-3600s", FIVE_AN_HOUR, 3, Duration.ZERO)))
                    .containsEntry("RateLimit-Policy", "\"user-3600s\";q=5;w=3600");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_refusal_is_429_with_2201_and_all_three_headers() {
        Quota quota = new Quota("user-3600s", FIVE_AN_HOUR, 0, Duration.ofMinutes(12));

        ApiException refusal = RateLimitHeaders.refusal(quota);

        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(refusal.headers())
                .containsOnly(
                        entry("Retry-After", "720"),
                        entry("RateLimit-Policy", "\"user-3600s\";q=5;w=3600"),
                        entry("RateLimit", "\"user-3600s\";r=0;t=720"));
    }
}
