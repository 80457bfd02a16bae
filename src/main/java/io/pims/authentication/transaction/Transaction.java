package io.pims.authentication.transaction;

import io.pims.authentication.message.ErrorCode;
import io.pims.authentication.message.Message;
import java.util.UUID;

/**
 * What a client may learn of a transaction.
 *
 * @param error why it FAILED; null in the other states
 */
public record Transaction(UUID id, TransactionStatus status, ErrorCode error) {

    /** The envelope that tells it. */
    public Message message() {
        return switch (status) {
            case PENDING -> Message.pending(id);
            case SUCCEEDED -> Message.succeeded(id);
            case FAILED -> Message.failed(id, error, null);
        };
    }
}
