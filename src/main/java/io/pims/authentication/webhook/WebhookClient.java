package io.pims.authentication.webhook;

import io.pims.authentication.httpclient.BoundedHttpClient;
import io.pims.authentication.webhook.WebhookResult.End;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Posts to one address, signed by <a href="https://www.standardwebhooks.com">Standard Webhooks</a>, by Vert.x' HTTP client.
 * The web client above it would not let us look once more between the open connection and the request.
 *
 * <p>A call ends within connect timeout plus read timeout. There are as many connections as calls, and nothing queues
 * here: one more ends {@link End#BUSY}.
 */
public final class WebhookClient implements AutoCloseable {

    private final Vertx vertx;
    private final Context context;
    private final HttpClient http;
    private final RequestOptions address;
    private final WebhookSignature signature;
    private final Clock clock;
    private final Times times;
    private final Semaphore idle;
    private volatile boolean closed;

    /**
     * The time-outs of a call.
     *
     * @param connect longest wait for a connection, with the look-up of the host and TLS
     * @param read longest wait for an answer, from the send on
     */
    public record Times(Duration connect, Duration read) {

        /** Returns the longest time that a call takes. */
        public Duration longestCall() {
            return connect.plus(read);
        }
    }

    /** @param connections posts that go on at once */
    public WebhookClient(URI url, WebhookSignature signature, int connections, Times times, Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.signature = signature;
        this.clock = clock;
        this.times = times;
        this.idle = new Semaphore(connections);
        this.context = vertx.getOrCreateContext();
        this.address = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url.toString());
        this.http = BoundedHttpClient.open(vertx, connections, times.connect());
    }

    /**
     * Posts once.
     *
     * @param id the same for each repeat: by it the other side knows what it has already
     * @param json the body
     * @param wanted asked last, when there is a connection: if false, nothing leaves
     */
    public Uni<WebhookResult> post(String id, String json, BooleanSupplier wanted) {
        return Uni.createFrom().emitter(emitter -> {
            if (closed) {
                emitter.complete(WebhookResult.without(End.BUSY, "shutting down"));
            } else if (!idle.tryAcquire()) {
                emitter.complete(WebhookResult.without(End.BUSY, "all clients busy"));
            } else {
                context.runOnContext(begin -> exchange(id, json, wanted, result -> {
                    idle.release();
                    emitter.complete(result);
                }));
            }
        });
    }

    private void exchange(String id, String json, BooleanSupplier wanted, Consumer<WebhookResult> end) {
        WebhookExchange exchange = new WebhookExchange(end);
        limit(exchange, times.connect());
        http.request(new RequestOptions(address)).onFailure(exchange::failed).onSuccess(request -> {
            if (exchange.isEnded()) {
                // The connection came too late.
                WebhookExchange.drop(request);
                return;
            }
            if (!wanted.getAsBoolean()) {
                exchange.giveUp(request);
                return;
            }
            limit(exchange, times.read());
            putHeaders(request, id, json);
            exchange.send(request, json);
        });
    }

    private void putHeaders(HttpClientRequest request, String id, String json) {
        Instant at = clock.instant();
        request.putHeader("Content-Type", "application/json")
                .putHeader("Accept", "application/json")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", Long.toString(at.getEpochSecond()))
                .putHeader("webhook-signature", signature.of(id, at, json));
    }

    /** Limits what comes next; a limit before it ends. */
    private void limit(WebhookExchange exchange, Duration longest) {
        long timer = vertx.setTimer(longest.toMillis(), late -> exchange.outOfTime());
        exchange.untilNext(() -> vertx.cancelTimer(timer));
    }

    @Override
    public void close() {
        closed = true;
        http.close();
    }
}
