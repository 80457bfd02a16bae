package io.pims.authentication.ratelimit;

import io.pims.authentication.ratelimit.Subject.Policy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives a driver room again who has used up the limits. The longest limit lets one more pass and the shorter ones are
 * unused: so in its window there is one more than its count, and no burst beyond the count at once.
 */
final class Relief {

    private Relief() {}

    /**
     * Returns the arrivals to keep.
     *
     * @param arrivals by the policy's name, in microseconds since 1970; those of other policies stay
     * @param now microseconds since 1970
     */
    static Map<String, Long> of(List<Policy> policies, Map<String, Long> arrivals, long now) {
        Duration longest = policies.stream()
                .map(policy -> policy.limit().window())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Map<String, Long> relieved = new HashMap<>(arrivals);
        for (Policy policy : policies) {
            if (policy.limit().window().equals(longest)) {
                relieved.computeIfPresent(
                        policy.name(), (name, arrival) -> Math.min(arrival, Gcra.latest(policy.limit(), now)));
            } else {
                relieved.remove(policy.name());
            }
        }
        return relieved;
    }
}
