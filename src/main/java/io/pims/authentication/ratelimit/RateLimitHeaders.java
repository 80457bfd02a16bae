package io.pims.authentication.ratelimit;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.ratelimit.Charge.Quota;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a client how its limits stand (draft-ietf-httpapi-ratelimit-headers-10). */
public final class RateLimitHeaders {

    private RateLimitHeaders() {}

    /** {@code RateLimit-Policy} and {@code RateLimit}; none if nothing is limited. */
    public static Map<String, String> of(Quota quota) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (quota.policy() != null) {
            long seconds = quota.limit().window().toSeconds();
            String policy = '"' + quota.policy() + '"';
            headers.put("RateLimit-Policy", policy + ";q=" + quota.limit().count() + ";w=" + seconds);
            headers.put("RateLimit", policy + ";r=" + quota.remaining() + ";t=" + ceil(quota.retryAfter()));
        }
        return headers;
    }

    /** 429 with 2201. */
    public static ApiException refusal(Quota quota) {
        ApiException refusal = ApiException.of(429, ErrorCode.TIMEOUT).retryAfter(quota.retryAfter());
        of(quota).forEach(refusal::header);
        return refusal;
    }

    private static long ceil(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
