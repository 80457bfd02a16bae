package io.pims.authentication.admission;

import io.pims.authentication.ratelimit.Charge;
import io.pims.authentication.transaction.NewTransaction;
import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.TransactionStatus;
import java.util.Optional;

/**
 * What became of a request for a code: a transaction, new or known by its idempotency key.
 *
 * @param charge what it left of the limits; empty for a known one, which costs nothing
 * @param newTransaction what was recorded; empty for a known one
 */
public record Acceptance(Transaction transaction, Optional<Charge> charge, Optional<NewTransaction> newTransaction) {

    static Acceptance known(Transaction transaction) {
        return new Acceptance(transaction, Optional.empty(), Optional.empty());
    }

    static Acceptance recorded(NewTransaction newTransaction, Charge charge) {
        Transaction pending = new Transaction(newTransaction.id(), TransactionStatus.PENDING, null);
        return new Acceptance(pending, Optional.of(charge), Optional.of(newTransaction));
    }
}
