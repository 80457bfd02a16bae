package io.pims.authentication.sms.vonage;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpEntity;
import org.apache.http.HttpException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.execchain.ClientExecChain;
import org.apache.http.protocol.HttpCoreContext;

/**
 * Bounds one HTTP exchange in time and size: the client's own timeouts only bound the silence between two bytes, and
 * the SDK reads an answer of any length into memory. The whole answer is read here, under the deadline, and only the
 * fields that decide are handed on; an answer outside 2xx is thrown before the SDK can log its body.
 */
final class BoundedExchange implements ClientExecChain {

    /** In bytes; an answer about one SMS has some 300. */
    static final int LONGEST_ANSWER = 64 * 1024;

    private final ClientExecChain next;
    private final VonageApi api;
    private final Duration total;
    private final ScheduledExecutorService timer;

    BoundedExchange(ClientExecChain next, VonageApi api, Duration total, ScheduledExecutorService timer) {
        this.next = next;
        this.api = api;
        this.total = total;
        this.timer = timer;
    }

    @Override
    public CloseableHttpResponse execute(
            HttpRoute route, HttpRequestWrapper request, HttpClientContext context, HttpExecutionAware execution)
            throws IOException, HttpException {
        var call = (HttpUriRequest) request.getOriginal();
        var deadline = timer.schedule(call::abort, total.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return read(next.execute(route, request, context, execution));
        } catch (IOException e) {
            throw explained(e, call.isAborted(), context);
        } finally {
            deadline.cancel(false);
        }
    }

    private CloseableHttpResponse read(CloseableHttpResponse response) throws IOException {
        try {
            int status = response.getStatusLine().getStatusCode();
            if (status < 200 || status > 299) {
                throw new UnexpectedStatus(status, problem(response.getEntity()));
            }
            if (response.getEntity() != null) {
                response.setEntity(new ByteArrayEntity(api.taken(bytes(response.getEntity()))));
            }
            return response;
        } catch (IOException | RuntimeException e) {
            // Closed unread, the connection goes too: the rest of the answer on it belongs to nobody.
            response.close();
            throw e;
        }
    }

    /** The status is known. What is left of the answer can make it clearer, and no less clear. */
    private OptionalInt problem(HttpEntity entity) {
        if (entity == null || !api.tellsProblems()) {
            return OptionalInt.empty();
        }
        try {
            return api.problem(bytes(entity));
        } catch (IOException brokenOff) {
            return OptionalInt.empty();
        }
    }

    private static byte[] bytes(HttpEntity entity) throws IOException {
        try (InputStream content = entity.getContent()) {
            byte[] bytes = content.readNBytes(LONGEST_ANSWER + 1);
            if (bytes.length > LONGEST_ANSWER) {
                throw new IOException("answer longer than " + LONGEST_ANSWER + " bytes");
            }
            return bytes;
        }
    }

    /** Returns an exception that tells whether the SMS can have left. */
    private static IOException explained(IOException failure, boolean outOfTime, HttpClientContext context) {
        if (failure instanceof PermitCheck.NotLeft || failure instanceof UnexpectedStatus) {
            return failure;
        }
        boolean connected = context.getAttribute(HttpCoreContext.HTTP_REQ_SENT) != null;
        if (outOfTime) {
            return connected
                    ? new SocketTimeoutException("no complete answer in time")
                    : new ConnectTimeoutException("no connection in time");
        }
        if (failure instanceof SocketException && !connected) {
            // Such as "Network is unreachable", for which Java has no class.
            return new ConnectException(failure.getMessage());
        }
        return failure;
    }

    /** An HTTP answer outside 2xx. Thrown below the SDK, because the SDK's own exception has lost the status. */
    static final class UnexpectedStatus extends IOException {

        private static final long serialVersionUID = 1;

        private final int status;
        private final transient OptionalInt problem;

        private UnexpectedStatus(int status, OptionalInt problem) {
            super("HTTP " + status);
            this.status = status;
            this.problem = problem;
        }

        int status() {
            return status;
        }

        /** Returns the API's own number of what is wrong; empty if it told none. */
        OptionalInt problem() {
            return problem;
        }
    }
}
