package io.pims.authentication.smscode;

import io.pims.authentication.ratelimit.Charge;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.Transaction;
import java.util.Optional;

/**
 * What became of a request for a code: a transaction, new or known by its idempotency key.
 *
 * @param charge what it left of the limits; empty for a known one, which costs nothing
 * @param claim the right to send the SMS from here; empty for a known one, and where there is no place for it
 */
record Acceptance(Transaction transaction, Optional<Charge> charge, Optional<Claim> claim) {

    static Acceptance known(Transaction transaction) {
        return new Acceptance(transaction, Optional.empty(), Optional.empty());
    }
}
