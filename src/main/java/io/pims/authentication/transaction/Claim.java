package io.pims.authentication.transaction;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * This replica's right to send the SMS of one transaction until the lease ends.
 *
 * @param lease the number of the lease, counted from 1; a write under an earlier lease changes nothing
 * @param attempts calls of the provider so far, counting the one to come
 * @param untilDeadline time left when the claim was made; zero or less if it is too late to send
 * @param untilCodeExpires time left when the claim was made; empty without a code
 * @param logged the calls so far whose outcome is known, the first one first
 */
public record Claim(
        UUID id,
        int lease,
        int attempts,
        Duration untilDeadline,
        Optional<Duration> untilCodeExpires,
        SmsOrder order,
        List<SendAttempt> logged) {

    /** A claim of which no outcome is known. */
    public Claim(
            UUID id,
            int lease,
            int attempts,
            Duration untilDeadline,
            Optional<Duration> untilCodeExpires,
            SmsOrder order) {
        this(id, lease, attempts, untilDeadline, untilCodeExpires, order, List.of());
    }

    /** Returns how many calls were counted of which no outcome is known: their replica has gone. */
    public int unknownCalls() {
        return Math.max(0, attempts - 1 - logged.size());
    }

    public HeldLease heldLease() {
        return new HeldLease(id, lease);
    }
}
