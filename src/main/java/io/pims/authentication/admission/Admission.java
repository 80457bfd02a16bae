package io.pims.authentication.admission;

import io.pims.authentication.http.ApiException;
import io.smallrye.mutiny.Uni;

/** Decides whether a driver gets a code, and records the transaction that sends it. */
public interface Admission {

    /**
     * Records a request as a PENDING transaction, or finds the transaction of its idempotency key. If this replica has room,
     * the dispatcher gets the transaction at once. If {@code pims.database.patience} ends while a request is being recorded,
     * the outcome is awaited until the request's deadline.
     *
     * @return the transaction, and what is left of the limits. Fails with {@link ApiException}, and then records nothing: 409
     *     without a number on file, 422 for a key that belongs to another request, 429 over a limit, 503 if the database is
     *     away, slow or overloaded
     */
    Uni<Acceptance> admit(CodeRequest request);
}
