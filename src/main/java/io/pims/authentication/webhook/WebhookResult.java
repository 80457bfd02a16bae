package io.pims.authentication.webhook;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * How one post ended.
 *
 * @param status of the answer (RFC 9110, section 15); 0 without one
 * @param body what came of the answer's body, which may be a part
 * @param retryAfter the header {@code Retry-After} as it came
 * @param name the status or the kind of the fault, for logs; holds nothing personal
 */
public record WebhookResult(End end, int status, Buffer body, Optional<String> retryAfter, String name) {

    /** The ways in which a post ends. */
    public enum End {
        /** The other side has answered. */
        ANSWERED,
        /** Nothing left: every connection is taken, or the client is closed. */
        BUSY,
        /** Nothing left: whoever asked did not want it any more once there was a connection. */
        GIVEN_UP,
        /** Nothing left: unknown host, refused, no route, no connection in time. */
        UNREACHABLE,
        /** No answer in time. The other side may have read it. */
        NO_ANSWER,
        /** The connection broke before an answer. The other side may have read it. */
        BROKEN
    }

    static WebhookResult answered(int status, Buffer body, String retryAfter) {
        return new WebhookResult(End.ANSWERED, status, body, Optional.ofNullable(retryAfter), "HTTP " + status);
    }

    static WebhookResult without(End end, String name) {
        return new WebhookResult(end, 0, Buffer.buffer(), Optional.empty(), name);
    }

    /** Returns true if the other side has taken it. */
    public boolean isTaken() {
        return status / 100 == 2;
    }

    /** Names the end alone: a body is none of a log's business. */
    @Override
    public String toString() {
        return "WebhookResult[" + end + ", " + name + "]";
    }
}
