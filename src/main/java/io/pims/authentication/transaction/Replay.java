package io.pims.authentication.transaction;

import io.pims.authentication.message.ApiException;
import java.util.Arrays;

/**
 * A transaction that is asked for again under its idempotency key.
 *
 * @param fingerprint of what was asked for the first time
 */
public record Replay(Transaction transaction, byte[] fingerprint) {

    /** @throws ApiException 422 if something else is asked for now */
    public Transaction answer(Idempotency idempotency) {
        if (!Arrays.equals(fingerprint, idempotency.fingerprint())) {
            throw ApiException.invalid("Idempotency-Key", 422);
        }
        return transaction;
    }
}
