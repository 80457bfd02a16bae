package io.pims.authentication.transaction;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * This replica's right to send the SMS of one transaction until the lease ends.
 *
 * @param lease the number of the lease, counted from 1; a write under an earlier lease changes nothing
 * @param attempts calls of the provider so far, counting the one to come
 * @param untilDeadline time left when the claim was made; zero or less if it is too late to send
 * @param untilCodeExpires time left when the claim was made; empty without a code
 */
public record Claim(
        UUID id, int lease, int attempts, Duration untilDeadline, Optional<Duration> untilCodeExpires, SmsOrder order) {

    public HeldLease heldLease() {
        return new HeldLease(id, lease);
    }
}
