package io.pims.authentication.ratelimit;

import io.pims.authentication.budget.Overrun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The answer of the limits to one request.
 *
 * @param at the time of the charge, by the database's clock
 * @param quota of the limit that refuses; else of the client's own limit with the least left
 * @param overruns the budgets that have no room for the request, also those that refuse nothing
 */
public record Charge(boolean allowed, Instant at, Quota quota, List<Overrun> overruns) {

    /**
     * The rest of one limit after the request.
     *
     * @param policy the limit's name; null without limits, and for a budget, whose rest no client is told
     * @param remaining requests that may still pass at once
     * @param retryAfter until one more may pass; zero if one may pass now
     */
    public record Quota(String policy, Limit limit, int remaining, Duration retryAfter) {}
}
