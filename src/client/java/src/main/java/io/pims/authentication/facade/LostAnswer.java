package io.pims.authentication.facade;

import java.io.IOException;

/** No answer came, or not the whole of it. */
final class LostAnswer extends Exception {

    private final boolean sent;
    private final boolean late;

    LostAnswer(Attempt attempt, IOException cause) {
        super(cause);
        sent = attempt.wasSent();
        late = attempt.wasLate();
    }

    /** Whether the service may have got the request. */
    boolean wasSent() {
        return sent;
    }

    /** Whether there was a connection, and silence. */
    boolean wasSilence() {
        return sent && late;
    }
}
