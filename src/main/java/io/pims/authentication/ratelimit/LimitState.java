package io.pims.authentication.ratelimit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A limit of which something is used.
 *
 * @param limit its name, such as {@code user-3600s}
 * @param count how many it lets pass in its window
 * @param left how many may pass now
 * @param freeAt when the next one may pass; null if one may now
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LimitState(String limit, int count, int left, Instant freeAt) {

    /** @param now microseconds since 1970 */
    static LimitState of(Subject.Policy policy, long arrival, long now) {
        Gcra.Decision next = Gcra.decide(policy.limit(), arrival, now);
        return new LimitState(
                policy.name(),
                policy.limit().count(),
                next.allowed() ? next.remaining() + 1 : 0,
                next.allowed()
                        ? null
                        : Instant.EPOCH
                                .plusNanos(Math.multiplyExact(now, 1_000L))
                                .plus(next.retryAfter()));
    }
}
