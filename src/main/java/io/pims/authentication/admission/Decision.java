package io.pims.authentication.admission;

import io.pims.authentication.http.ApiException;

/** The decision about one request. Exactly one of the three is not null. */
record Decision(Acceptance acceptance, ApiException refusal, Retry retry) {

    static final Decision IN_NEXT_BATCH = new Decision(null, null, Retry.IN_NEXT_BATCH);
    static final Decision ALONE = new Decision(null, null, Retry.ALONE);

    /** The next try for a request that its batch could not decide. */
    enum Retry {
        IN_NEXT_BATCH,
        /** A statement failed, and nobody knows for which request of the batch. */
        ALONE
    }

    static Decision accepted(Acceptance acceptance) {
        return new Decision(acceptance, null, null);
    }

    static Decision refused(ApiException refusal) {
        return new Decision(null, refusal, null);
    }
}
