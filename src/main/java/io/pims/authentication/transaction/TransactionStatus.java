package io.pims.authentication.transaction;

/**
 * The states of a transaction. Every transition is one UPDATE, guarded by the state before it and by the number of the
 * lease. If it changes no row, somebody else was first. A final state never changes.
 */
public enum TransactionStatus {

    /**
     * Recorded, and promised by a 202. The request enters it. The holder of the lease sends the SMS. Once the lease has
     * ended any replica may claim the transaction, so a crash delays it by one lease at most.
     */
    PENDING,

    /** The provider took the SMS. The holder of the lease enters it. A crash before this write repeats the SMS. */
    SUCCEEDED,

    /**
     * No SMS is sent any more. The holder of the lease enters it with an error code: after a final refusal, or at the
     * deadline.
     */
    FAILED;

    public boolean isFinal() {
        return this != PENDING;
    }
}
