package io.pims.authentication.admission;

import io.pims.authentication.transaction.Deadline;
import io.pims.authentication.transaction.TransactionWriter.UserKey;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request for a code that waits for its batch.
 *
 * @param held true if this replica has a place in flight for its transaction
 * @param deadline the transaction's, counted from the arrival; nothing is recorded after it
 */
record QueuedRequest(CodeRequest codeRequest, boolean held, Deadline deadline, AtomicReference<Stage> stage) {

    /** A request is never both refused and recorded. */
    enum Stage {
        WAITING,
        GIVEN_UP,
        RECORDING,
        /** It is being recorded, and the client's patience has ended. */
        OVERDUE
    }

    QueuedRequest(CodeRequest codeRequest, boolean held, Deadline deadline) {
        this(codeRequest, held, deadline, new AtomicReference<>(Stage.WAITING));
    }

    /**
     * Ends the client's patience.
     *
     * @return true if the request is refused; false if it may be recorded
     */
    boolean giveUp() {
        return Stage.GIVEN_UP
                == stage.updateAndGet(now -> switch (now) {
                    case WAITING, GIVEN_UP -> Stage.GIVEN_UP;
                    case RECORDING, OVERDUE -> Stage.OVERDUE;
                });
    }

    /** Refuses it, whatever its stage. */
    void refuse() {
        stage.set(Stage.GIVEN_UP);
    }

    /** Returns false if it is refused or too late, and must not be recorded. */
    boolean beginRecording() {
        Stage begun = stage.updateAndGet(now -> switch (now) {
            case WAITING -> deadline.isOver() ? Stage.GIVEN_UP : Stage.RECORDING;
            case RECORDING, OVERDUE, GIVEN_UP -> now;
        });
        return begun != Stage.GIVEN_UP;
    }

    /** Returns true if it is refused or too late. */
    boolean isOver() {
        return stage.get() == Stage.GIVEN_UP || deadline.isOver();
    }

    /** Notes that nothing was recorded: it may be tried again if the client still waits. */
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
