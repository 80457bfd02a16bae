package io.pims.authentication.admission;

import io.pims.authentication.ratelimit.Charge;
import io.pims.authentication.transaction.NewTransaction;
import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.TransactionStatus;
import java.util.Optional;

/**
 * An accepted request: its transaction is new, or known by its idempotency key.
 *
 * @param charge what the request left of the limits; empty for a known transaction, which costs nothing
 * @param newTransaction empty for a known transaction
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
