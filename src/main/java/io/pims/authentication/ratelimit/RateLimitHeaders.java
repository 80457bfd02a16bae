package io.pims.authentication.ratelimit;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
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
            String policy = '"' + standing.policy() + '"';
            headers.put("RateLimit-Policy", policy + ";q=" + standing.limit().count() + ";w=" + seconds);
            headers.put("RateLimit", policy + ";r=" + standing.remaining() + ";t=" + ceil(standing.retryAfter()));
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
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
