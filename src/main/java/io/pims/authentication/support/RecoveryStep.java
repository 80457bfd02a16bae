package io.pims.authentication.support;

import java.util.Optional;

/** What a call for a recovery does. */
enum RecoveryStep {

    /** Notes that it was asked for, for another person to confirm. */
    REQUEST,

    /** Takes number and PIN off file. */
    CARRY_OUT,

    /** Leaves all as it is: it was done, or asked for by the same person. */
    NONE;

    /**
     * Decides.
     *
     * @param running the driver's recovery, if its end has not come
     * @param by the {@code sub} of who calls
     * @param approvals how many people it takes
     */
    static RecoveryStep of(Optional<Running> running, String by, int approvals) {
        if (running.map(Running::state).equals(Optional.of(RecoveryState.DONE))) {
            return NONE;
        }
        if (approvals == 1) {
            return CARRY_OUT;
        }
        return running.filter(other -> other.state() == RecoveryState.REQUESTED)
                .map(request -> request.requestedBy().equals(by) ? NONE : CARRY_OUT)
                .orElse(REQUEST);
    }

    /** A recovery whose end has not come, and who asked for it. */
    record Running(RecoveryState state, String requestedBy) {}
}
