package io.pims.authentication.transaction;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be recorded of a request.
 *
 * @param at the database's time
 * @param heldHere whether this replica has a place in flight for it, so that the first lease is its own and the SMS is
 *     sent at once; otherwise it is for whoever claims it
 * @param deadline of the request, counted from its arrival; what comes later is not recorded
 */
public record NewTransaction(
        UUID id, SmsOrder order, Optional<Idempotency> idempotency, Instant at, boolean heldHere, Deadline deadline) {

    /** When it is too late, by the database's time. */
    public Instant latest() {
        return at.plus(deadline.left());
    }
}
