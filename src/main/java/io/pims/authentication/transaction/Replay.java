package io.pims.authentication.transaction;

import io.pims.authentication.http.ApiException;
import java.util.Arrays;

/**
 * A transaction that is asked for again under its idempotency key.
 *
 * @param type what was asked for the first time
 * @param numberHash the keyed hash of the number that its SMS goes to
 */
public record Replay(Transaction transaction, String type, byte[] numberHash) {

    /** @throws ApiException 422 if something else is asked for now */
    public Transaction answer(Idempotency idempotency) {
        boolean same = type.equals(idempotency.type())
                && idempotency
                        .numberHash()
                        .map(asked -> Arrays.equals(asked, numberHash))
                        .orElse(true);
        if (!same) {
            throw ApiException.invalid("Idempotency-Key", 422);
        }
        return transaction;
    }
}
