package io.pims.authentication.admission;

import io.pims.authentication.http.ApiException;
import io.smallrye.mutiny.Uni;

/** Decides whether a driver gets a code, and records the transaction that sends it. The one way in from the endpoint. */
public interface Admission {

    /**
     * Records a request for a code as a PENDING transaction, or finds the one of its idempotency key. What is recorded is
     * handed to the dispatcher at once if this replica has room for it.
     *
     * @return the transaction, and what is left of the limits. Fails with {@link ApiException}: 409 without a number on
     *     file, 422 for a key that was used for something else, 429 over a limit, 503 if the database is away, does not
     *     answer in time, or has too much to do; then nothing is recorded. A request that is being recorded when
     *     {@code pims.database.patience} ends is waited for until its deadline, after which it is never sent
     */
    Uni<Acceptance> admit(CodeRequest request);
}
