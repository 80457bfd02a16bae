package io.pims.authentication.smscode;

import io.pims.authentication.transaction.Recordings.Asked;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An application on its way into the database.
 *
 * @param held whether this replica has a place in flight for its transaction
 * @param stage how far it has come
 */
record Request(Application application, boolean held, AtomicReference<Stage> stage) {

    /** Either the client was told that the database is away, or it may be recorded; never both. */
    enum Stage {
        WAITING,
        GIVEN_UP,
        RECORDING
    }

    Request(Application application, boolean held) {
        this(application, held, new AtomicReference<>(Stage.WAITING));
    }

    /** @return false if it may have been recorded by now */
    boolean giveUp() {
        return stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP);
    }

    /** @return false if it was given up; then it must not be recorded */
    boolean beginRecording() {
        return stage.compareAndSet(Stage.WAITING, Stage.RECORDING) || stage.get() == Stage.RECORDING;
    }

    UUID id() {
        return application.caller().requestId();
    }

    String user() {
        return application.user();
    }

    Optional<Asked> asked() {
        return application.idempotencyKey().map(key -> new Asked(user(), key));
    }
}
