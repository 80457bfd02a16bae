package io.pims.authentication.ratelimit;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.ratelimit.Charge.Quota;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a client what is left of its limits (draft-ietf-httpapi-ratelimit-headers-10). */
public final class RateLimitHeaders {

    private RateLimitHeaders() {}

    /** Returns {@code RateLimit-Policy} and {@code RateLimit}; none if nothing is limited. */
    public static Map<String, String> of(Quota quota) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (quota.policy() != null) {
            String policy = '"' + quota.policy() + '"';
            long window = quota.limit().window().toSeconds();
            headers.put("RateLimit-Policy", policy + ";q=" + quota.limit().count() + ";w=" + window);
            headers.put("RateLimit", policy + ";r=" + quota.remaining() + ";t=" + ceil(quota.retryAfter()));
        }
        return headers;
    }

    /** Returns a 429 with 2201, which names the limit to the client and to {@link RefusalMetrics}. */
    public static ApiException refusal(Quota quota) {
        ApiException refusal = ApiException.of(429, ErrorCode.TIMEOUT)
                .retryAfter(quota.retryAfter())
                .limitedBy(quota.policy());
        of(quota).forEach(refusal::header);
        return refusal;
    }

    private static long ceil(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
