package io.pims.authentication.ratelimit;

import io.pims.authentication.message.ApiException;
import io.pims.authentication.message.ErrorCode;
import io.pims.authentication.ratelimit.Charge.Standing;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a client how its limits stand (draft-ietf-httpapi-ratelimit-headers-10). */
public final class RateLimitHeaders {

    private RateLimitHeaders() {}

    /** {@code RateLimit-Policy} and {@code RateLimit}; none if nothing is limited. */
    public static Map<String, String> of(Standing standing) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (standing.policy() != null) {
            long seconds = standing.limit().window().toSeconds();
            headers.put(
                    "RateLimit-Policy",
                    "\"%s\";q=%d;w=%d"
                            .formatted(standing.policy(), standing.limit().count(), seconds));
            headers.put(
                    "RateLimit",
                    "\"%s\";r=%d;t=%d".formatted(standing.policy(), standing.remaining(), ceil(standing.retryAfter())));
        }
        return headers;
    }

    /** 429 with 2201. */
    public static ApiException refusal(Standing standing) {
        ApiException refusal = ApiException.of(429, ErrorCode.TIMEOUT).retryAfter(standing.retryAfter());
        of(standing).forEach(refusal::header);
        return refusal;
    }

    private static long ceil(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }
}
