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
 * Looks once more whether the SMS may leave, on the connection that is open and before the first byte of the request: a
 * worker may have waited for a processor, an address, a handshake, or have been stopped with the whole process.
 */
final class PermitCheck extends HttpRequestExecutor {

    private final Duration longestAnswer;
    private volatile SendPermit permit = longest -> false;

    PermitCheck(Duration longestAnswer) {
        this.longestAnswer = longestAnswer;
    }

    /** For the next request; there is one at a time. */
    void ask(SendPermit next) {
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

    /** The SMS was not sent, and nobody but us is to blame. */
    static final class NotLeft extends IOException {

        private static final long serialVersionUID = 1;

        private NotLeft() {
            super("the right to send it is over");
        }
    }
}
