package io.pims.authentication.ratelimit;

import java.time.Duration;
import java.time.Instant;

/**
 * What the limits say to one request.
 *
 * @param at the database's time of the transaction that was charged
 * @param standing the limit that matters most: the one that refused, else the one with the least left
 */
public record Charge(boolean allowed, Instant at, Standing standing) {

    /**
     * How one limit stands after the request. A service without limits has {@code policy} null.
     *
     * @param policy its name
     * @param remaining how many more may pass at once
     * @param retryAfter how long until one more may pass; zero if one may pass now
     */
    public record Standing(String policy, Limit limit, int remaining, Duration retryAfter) {}
}
