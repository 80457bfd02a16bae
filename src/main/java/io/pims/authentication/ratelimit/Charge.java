package io.pims.authentication.ratelimit;

import io.pims.authentication.budget.Overrun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the limits say to one request.
 *
 * @param at the database's time of the transaction that was charged
 * @param quota what the client is told: the limit that refused, else that of its own with the least left
 * @param overruns the budgets that have no room for it, those included that refuse nothing
 */
public record Charge(boolean allowed, Instant at, Quota quota, List<Overrun> overruns) {

    public Charge(boolean allowed, Instant at, Quota quota) {
        this(allowed, at, quota, List.of());
    }

    /**
     * How one limit stands after the request. A service without limits has {@code policy} null, as has a
     * budget: what is left of it is nobody's business.
     *
     * @param policy its name
     * @param remaining how many more may pass at once
     * @param retryAfter how long until one more may pass; zero if one may pass now
     */
    public record Quota(String policy, Limit limit, int remaining, Duration retryAfter) {}
}
