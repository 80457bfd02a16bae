package io.pims.authentication.smscode;

import io.pims.authentication.transaction.Recordings.Asked;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An application on its way into the database.
 *
 * @param held whether this replica has a place in flight for its transaction
 * @param givenUp becomes true when the client has been told that the database is away
 */
record Request(Application application, boolean held, AtomicBoolean givenUp) {

    UUID id() {
        return application.caller().requestId();
    }

    String user() {
        return application.user();
    }

    Optional<Asked> asked() {
        return application.idempotency().map(idempotency -> new Asked(user(), idempotency.key()));
    }
}
