package io.pims.authentication.transaction;

import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.ErrorCode;
import java.util.UUID;

/**
 * A transaction as its client may see it.
 *
 * @param error why it FAILED; null in the other states
 * @param delivery how far the SMS came; null if nothing is known
 */
public record Transaction(UUID id, TransactionStatus status, ErrorCode error, DeliveryState delivery) {

    /** A transaction that SUCCEEDED was submitted, even if no receipt says so. */
    public Transaction {
        if (delivery == null && status == TransactionStatus.SUCCEEDED) {
            delivery = DeliveryState.SUBMITTED;
        }
    }

    /** A transaction without a receipt. */
    public Transaction(UUID id, TransactionStatus status, ErrorCode error) {
        this(id, status, error, null);
    }

    /**
     * Reads a transaction as the database has it.
     *
     * @param errorCode the number of an {@link ErrorCode}, or null
     */
    public static Transaction of(UUID id, String status, Integer errorCode) {
        return new Transaction(
                id, TransactionStatus.valueOf(status), errorCode == null ? null : ErrorCode.of(errorCode));
    }

    public Envelope envelope() {
        return switch (status) {
            case PENDING -> Envelope.pending(id);
            case SUCCEEDED -> Envelope.succeeded(id);
            case FAILED -> Envelope.failed(id, error, null);
        };
    }
}
