package io.pims.authentication.transaction;

/**
 * The states of a transaction. Every transition is one UPDATE guarded by the state it starts from and by the lease's
 * number; where it changes no row, somebody else was first. A final state never changes.
 */
public enum TransactionStatus {

    /**
     * Recorded, and promised by a 202. Entered by the accepting request. Whoever holds the lease sends the SMS; once
     * the lease has ended, any replica may claim the transaction, so a crash delays it by one lease at most.
     */
    PENDING,

    /** The provider took the SMS. Entered by the holder of the lease. A crash before this write repeats the SMS. */
    SUCCEEDED,

    /**
     * No SMS will be sent (any more). Entered by the holder of the lease, with the error code: the provider's final
     * refusal, or the deadline.
     */
    FAILED;

    public boolean isFinal() {
        return this != PENDING;
    }
}
