package io.pims.authentication.sms.vonage;

import java.io.IOException;

/** An HTTP answer outside 2xx. Thrown below the SDK, because the SDK's own exception has lost the status. */
final class UnexpectedStatusException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;

    UnexpectedStatusException(int status) {
        super("HTTP " + status);
        this.status = status;
    }

    int status() {
        return status;
    }
}
