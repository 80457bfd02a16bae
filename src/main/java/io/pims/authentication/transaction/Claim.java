package io.pims.authentication.transaction;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The right to send one transaction's SMS, held by this replica until the lease ends.
 *
 * @param lease the lease's number; a transition under an earlier one changes nothing
 * @param attempts calls of the provider, the one that this claim is for included
 * @param untilDeadline from the claim on; zero or less means that it is too late to send
 * @param untilCodeExpires from the claim on; empty where there is no code
 */
public record Claim(
        UUID id, int lease, int attempts, Duration untilDeadline, Optional<Duration> untilCodeExpires, SmsOrder order) {

    /** What the replica holds by it. */
    public HeldLease heldLease() {
        return new HeldLease(id, lease);
    }
}
