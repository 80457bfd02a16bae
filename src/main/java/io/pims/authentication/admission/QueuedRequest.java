package io.pims.authentication.admission;

import io.pims.authentication.transaction.Deadline;
import io.pims.authentication.transaction.TransactionWriter.UserKey;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request for a code on its way into the database.
 *
 * @param held whether this replica has a place in flight for its transaction
 * @param deadline after which nothing is recorded: that of the transaction, counted from the arrival
 * @param stage how far it has come
 */
record QueuedRequest(CodeRequest codeRequest, boolean held, Deadline deadline, AtomicReference<Stage> stage) {

    /** Either the client was told that the database is away, or it may be recorded; never both. */
    enum Stage {
        WAITING,
        GIVEN_UP,
        RECORDING,
        /** Being recorded when the client's patience ended. */
        OVERDUE
    }

    QueuedRequest(CodeRequest codeRequest, boolean held, Deadline deadline) {
        this(codeRequest, held, deadline, new AtomicReference<>(Stage.WAITING));
    }

    /**
     * The patience has ended.
     *
     * @return false if it may have been recorded by now
     */
    boolean giveUp() {
        return Stage.GIVEN_UP
                == stage.updateAndGet(now -> switch (now) {
                    case WAITING, GIVEN_UP -> Stage.GIVEN_UP;
                    case RECORDING, OVERDUE -> Stage.OVERDUE;
                });
    }

    /** It is refused, whatever was to be done with it. */
    void refuse() {
        stage.set(Stage.GIVEN_UP);
    }

    /** @return false if it was given up, or its time is over; then it must not be recorded */
    boolean beginRecording() {
        Stage begun = stage.updateAndGet(now -> switch (now) {
            case WAITING -> deadline.isOver() ? Stage.GIVEN_UP : Stage.RECORDING;
            case RECORDING, OVERDUE, GIVEN_UP -> now;
        });
        return begun != Stage.GIVEN_UP;
    }

    /** The recording failed in a way that leaves nothing behind: it can be tried anew if its client still waits. */
    void notRecorded() {
        stage.updateAndGet(now -> switch (now) {
            case WAITING, RECORDING -> Stage.WAITING;
            case GIVEN_UP, OVERDUE -> Stage.GIVEN_UP;
        });
    }

    UUID id() {
        return codeRequest.caller().requestId();
    }

    String user() {
        return codeRequest.user();
    }

    Optional<UserKey> userKey() {
        return codeRequest.idempotencyKey().map(key -> new UserKey(user(), key));
    }
}
