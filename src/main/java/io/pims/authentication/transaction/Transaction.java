package io.pims.authentication.transaction;

import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.ErrorCode;
import java.util.UUID;

/**
 * What a client may learn of a transaction.
 *
 * @param error why it FAILED; null in the other states
 * @param delivery what is known of the SMS's delivery; null where nothing is
 */
public record Transaction(UUID id, TransactionStatus status, ErrorCode error, DeliveryState delivery) {

    /** A transaction that SUCCEEDED was submitted, whether or not a receipt has said so. */
    public Transaction {
        if (delivery == null && status == TransactionStatus.SUCCEEDED) {
            delivery = DeliveryState.SUBMITTED;
        }
    }

    /** One of whose delivery nothing was told. */
    public Transaction(UUID id, TransactionStatus status, ErrorCode error) {
        this(id, status, error, null);
    }

    /** The envelope that tells it. */
    public Envelope envelope() {
        return switch (status) {
            case PENDING -> Envelope.pending(id);
            case SUCCEEDED -> Envelope.succeeded(id);
            case FAILED -> Envelope.failed(id, error, null);
        };
    }
}
