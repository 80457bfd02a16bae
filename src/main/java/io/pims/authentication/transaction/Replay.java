package io.pims.authentication.transaction;

import io.pims.authentication.http.ApiException;
import java.util.Arrays;

/**
 * A recorded transaction whose idempotency key arrived again.
 *
 * @param type the type of code of the first request
 * @param numberHash the keyed hash of the number that the SMS goes to
 */
public record Replay(Transaction transaction, String type, byte[] numberHash) {

    /** @throws ApiException 422 if the request now is another one than the first */
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
