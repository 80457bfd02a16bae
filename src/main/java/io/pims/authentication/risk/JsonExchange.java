package io.pims.authentication.risk;

import io.pims.authentication.risk.SimSwap.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * One question and its answer. It ends once, and leaves no connection behind that somebody still writes to. All of it runs on
 * one Vert.x context.
 */
final class JsonExchange {

    private final BiFunction<Integer, Buffer, SimSwap> read;
    private final Consumer<SimSwap> end;
    private final Buffer body = Buffer.buffer();
    private Runnable atTheEnd = () -> {};
    private HttpClientRequest sent;
    private boolean ended;

    JsonExchange(BiFunction<Integer, Buffer, SimSwap> read, Consumer<SimSwap> end) {
        this.read = read;
        this.end = end;
    }

    void atTheEnd(Runnable action) {
        atTheEnd = action;
    }

    void send(HttpClientRequest request, Buffer question) {
        if (ended) {
            // The connection came too late. Without a handler Vert.x would log the reset.
            request.exceptionHandler(reset -> {});
            request.reset();
            return;
        }
        sent = request;
        request.exceptionHandler(this::failed);
        request.send(question).onSuccess(this::read).onFailure(this::failed);
    }

    private void read(HttpClientResponse response) {
        response.exceptionHandler(this::failed);
        response.handler(part -> {
            if (body.length() + part.length() > JsonPost.LONGEST_ANSWER) {
                cut(new SimSwap(Kind.FAULT, "HTTP " + response.statusCode() + " too long"));
            } else {
                body.appendBuffer(part);
            }
        });
        response.endHandler(complete -> end(read.apply(response.statusCode(), body)));
    }

    void outOfTime() {
        if (sent == null) {
            end(new SimSwap(Kind.UNREACHABLE, "no connection in time"));
        } else {
            cut(new SimSwap(Kind.NO_ANSWER, "no answer in time"));
        }
    }

    void failed(Throwable failure) {
        end(new SimSwap(
                sent == null ? Kind.UNREACHABLE : Kind.FAULT, failure.getClass().getSimpleName()));
    }

    /** The rest of the answer belongs to nobody, so its connection goes too. */
    private void cut(SimSwap answer) {
        end(answer);
        sent.reset();
    }

    private void end(SimSwap answer) {
        if (!ended) {
            ended = true;
            atTheEnd.run();
            end.accept(answer);
        }
    }
}
