package io.pims.authentication.webhook;

import io.pims.authentication.webhook.WebhookResult.End;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.Consumer;

/**
 * One request and its answer. It ends once, with one result, and leaves no connection behind that somebody still writes
 * to. All of it runs on one Vert.x context.
 */
final class WebhookExchange {

    /** In bytes; an answer with an id has some 60. */
    static final int LONGEST_ANSWER = 4096;

    private final Consumer<WebhookResult> end;
    private final Buffer body = Buffer.buffer();
    private Runnable endLimit = () -> {};
    private HttpClientRequest sent;
    private HttpClientResponse answer;
    private boolean ended;

    WebhookExchange(Consumer<WebhookResult> end) {
        this.end = end;
    }

    /** @param limit runs when the next part begins, or at the end */
    void untilNext(Runnable limit) {
        endLimit.run();
        endLimit = limit;
    }

    boolean isEnded() {
        return ended;
    }

    /** Nothing leaves. */
    void giveUp(HttpClientRequest request) {
        drop(request);
        end(WebhookResult.without(End.GIVEN_UP, "right to send is over"));
    }

    void send(HttpClientRequest request, String json) {
        sent = request;
        request.exceptionHandler(this::failed);
        request.send(json).onSuccess(this::read).onFailure(this::failed);
    }

    /** Lets nothing leave. Without a handler Vert.x would log it. */
    static void drop(HttpClientRequest request) {
        request.exceptionHandler(reset -> {});
        request.reset();
    }

    private void read(HttpClientResponse response) {
        answer = response;
        response.exceptionHandler(this::failed);
        response.handler(part -> {
            if (body.length() + part.length() > LONGEST_ANSWER) {
                cut();
            } else {
                body.appendBuffer(part);
            }
        });
        response.endHandler(complete -> end(answered()));
    }

    void outOfTime() {
        if (sent == null) {
            end(WebhookResult.without(End.UNREACHABLE, "no connection in time"));
        } else if (answer == null) {
            cut(WebhookResult.without(End.NO_ANSWER, "no answer in time"));
        } else {
            cut();
        }
    }

    /** A connection that breaks: before the request, nothing has left; behind it, nobody knows. */
    void failed(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        if (answer != null) {
            end(answered());
        } else {
            end(WebhookResult.without(sent == null ? End.UNREACHABLE : End.BROKEN, name));
        }
    }

    /** Ends with what there is of the answer. The rest of it belongs to nobody, so its connection goes too. */
    private void cut() {
        cut(answered());
    }

    private void cut(WebhookResult result) {
        end(result);
        sent.reset();
    }

    private WebhookResult answered() {
        return WebhookResult.answered(answer.statusCode(), body, answer.getHeader("Retry-After"));
    }

    private void end(WebhookResult result) {
        if (!ended) {
            ended = true;
            endLimit.run();
            end.accept(result);
        }
    }
}
