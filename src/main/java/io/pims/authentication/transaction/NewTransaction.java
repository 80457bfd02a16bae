package io.pims.authentication.transaction;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A request for a code, ready to be recorded.
 *
 * @param order with a code
 * @param at when it is recorded, by the database's clock
 * @param heldHere true if this replica has a place in flight for it: it takes the first lease and sends the SMS at once
 * @param deadline counted from the arrival of the request; after it nothing is recorded
 */
public record NewTransaction(
        UUID id, SmsOrder order, Optional<Idempotency> idempotency, Instant at, boolean heldHere, Deadline deadline) {

    /** Returns the last moment to record it, by the database's clock. */
    public Instant latest() {
        return at.plus(deadline.left());
    }
}
