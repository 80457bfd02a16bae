package io.pims.authentication.survival;

import java.util.UUID;

/**
 * One try of a request, as its client wrote it down. A request keeps its key through all its tries.
 *
 * @param key the {@code Idempotency-Key}
 * @param at when it was sent, milliseconds since 1970
 * @param tookMs milliseconds until the answer, or until it was clear that there is none
 * @param status HTTP status; {@link #NO_ANSWER} if none came
 * @param isEnvelope whether the answer was the envelope, with the fields of its status and no others
 * @param transaction its id by the envelope; null if there was none
 * @param state the envelope's status; null if there was none
 * @param code the error's code; 0 if there is none
 * @param hasRetryAfter whether it was told when to come back
 */
record Asked(
        String key,
        long at,
        long tookMs,
        int status,
        boolean isEnvelope,
        UUID transaction,
        String state,
        int code,
        boolean hasRetryAfter) {

    static final int NO_ANSWER = 0;

    boolean isAnswered() {
        return status != NO_ANSWER;
    }

    /** 200 is the answer to a key whose transaction is final already. */
    boolean isAccepted() {
        return status == 202 || status == 200;
    }

    boolean isRefused() {
        return isAnswered() && !isAccepted();
    }
}
