package io.pims.authentication.sms.webhook;

import io.pims.authentication.sms.SmsOutcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.Consumer;

/**
 * One request and its answer. It ends once, with one outcome, and leaves no connection behind that somebody still writes
 * to. All of it runs on one Vert.x context.
 */
final class WebhookExchange {

    /** In bytes; an answer with an id has some 60. */
    static final int LONGEST_ANSWER = 4096;

    private final Consumer<SmsOutcome> end;
    private final Buffer body = Buffer.buffer();
    private Runnable endLimit = () -> {};
    private HttpClientRequest sent;
    private HttpClientResponse answer;
    private boolean ended;

    WebhookExchange(Consumer<SmsOutcome> end) {
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

    /** The right to send is over: nothing leaves. */
    void giveUp(HttpClientRequest request) {
        drop(request);
        end(SmsOutcome.tryLater("right to send is over"));
    }

    void send(HttpClientRequest request, WebhookMessage message) {
        sent = request;
        message.putHeaders(request);
        request.exceptionHandler(this::failed);
        request.send(message.body()).onSuccess(this::read).onFailure(this::failed);
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
        response.endHandler(complete -> end(outcome()));
    }

    void outOfTime() {
        if (sent == null) {
            end(SmsOutcome.unreachable("no connection in time"));
        } else if (answer == null) {
            SmsOutcome none = SmsOutcome.noAnswer("no answer in time");
            cut(none);
        } else {
            cut();
        }
    }

    /** A connection that breaks: before the request, nothing has left; behind it, nobody knows. */
    void failed(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        if (answer != null) {
            end(outcome());
        } else {
            end(sent == null ? SmsOutcome.unreachable(name) : SmsOutcome.fault(name));
        }
    }

    /** Ends with what there is of the answer. The rest of it belongs to nobody, so its connection goes too. */
    private void cut() {
        cut(outcome());
    }

    private void cut(SmsOutcome outcome) {
        end(outcome);
        sent.reset();
    }

    private SmsOutcome outcome() {
        return WebhookOutcomes.of(answer.statusCode(), body);
    }

    private void end(SmsOutcome outcome) {
        if (!ended) {
            ended = true;
            endLimit.run();
            end.accept(outcome);
        }
    }
}
