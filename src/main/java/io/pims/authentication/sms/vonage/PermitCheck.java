package io.pims.authentication.sms.vonage;

import io.pims.authentication.sms.SendPermit;
import java.io.IOException;
import java.time.Duration;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;

/**
 * Checks the permit once more, on the open connection and before the first byte of the request: the worker may have
 * waited for a processor, an address or a handshake, or have been stopped with the whole process.
 */
final class PermitCheck extends HttpRequestExecutor {

    private final Duration longestAnswer;
    private volatile SendPermit permit = duration -> false;

    PermitCheck(Duration longestAnswer) {
        this.longestAnswer = longestAnswer;
    }

    /** Sets the permit of the next request; there is one request at a time. */
    void use(SendPermit next) {
        permit = next;
    }

    @Override
    protected HttpResponse doSendRequest(HttpRequest request, HttpClientConnection connection, HttpContext context)
            throws IOException, HttpException {
        if (!permit.lasts(longestAnswer)) {
            throw new NotLeft();
        }
        return super.doSendRequest(request, connection, context);
    }

    /** The SMS was not sent, for a reason of our own. */
    static final class NotLeft extends IOException {

        private static final long serialVersionUID = 1;

        private NotLeft() {
            super("the right to send it is over");
        }
    }
}
