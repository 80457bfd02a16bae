package io.pims.authentication.survival;

import io.pims.authentication.replica.Replica;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Drivers who ask for codes at an even pace, whatever becomes of those before (an open model), and a log of what each of
 * them was told. Who gets no answer asks another replica with the same {@code Idempotency-Key}, a few times; who is
 * refused goes away.
 */
final class Clients implements AutoCloseable {

    private static final int CONNECTIONS = 10_000;
    private static final int TRIES = 4;
    private static final long AGAIN_MS = 1_000;
    private static final int CONNECT_MS = 2_000;

    /** Longer than the patience of the service. */
    private static final long PATIENCE_MS = 12_000;

    /** One event loop: the body of an answer that comes in on another one could be missed. */
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    private final HttpClient http = vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_MS), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    private final List<String> tokens;
    private final IntFunction<String> addresses;
    private final Queue<Asked> log = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();
    private final Phaser underWay = new Phaser(1);

    /** @param addresses of the replica that is tried as so many-th */
    Clients(List<String> tokens, IntFunction<String> addresses) {
        this.tokens = tokens;
        this.addresses = addresses;
    }

    /** Asks for so many seconds; returns when the last has been sent. */
    void ask(int perSecond, double seconds) {
        long begun = System.nanoTime();
        int count = (int) (perSecond * seconds);
        for (int sent = 0; sent < count; sent++) {
            long due = begun + sent * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            begin();
        }
    }

    /** One request, whose last try the future is. */
    Future<Asked> begin() {
        int request = next.getAndIncrement();
        underWay.register();
        return attempt(tokens.get(request % tokens.size()), UUID.randomUUID().toString(), request, 1)
                .onComplete(end -> underWay.arriveAndDeregister());
    }

    /** Waits until each request has its answer, or no more tries. */
    void awaitAnswers() {
        underWay.arriveAndAwaitAdvance();
    }

    List<Asked> log() {
        return List.copyOf(log);
    }

    private Future<Asked> attempt(String token, String key, int replica, int number) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(addresses.apply(replica) + Replica.SMSCODE)
                .setConnectTimeout(CONNECT_MS)
                .setIdleTimeout(PATIENCE_MS)
                .putHeader("Authorization", "Bearer " + token)
                .putHeader("Content-Type", "application/json")
                .putHeader("Idempotency-Key", "\"" + key + "\"");
        long at = System.currentTimeMillis();
        long begun = System.nanoTime();
        return http.request(options)
                // On the thread of the answer: another one could come to ask for its body when that has gone by.
                .compose(open -> open.send("{\"type\":\"resetPIN\"}")
                        .compose(response -> response.body().map(body -> asked(key, at, took(begun), response, body))))
                .otherwise(failure -> new Asked(key, at, took(begun), Asked.NO_ANSWER, false, null, null, 0, false))
                .onSuccess(log::add)
                .compose(asked -> asked.isAnswered() || number == TRIES
                        ? Future.succeededFuture(asked)
                        : vertx.timer(AGAIN_MS).compose(later -> attempt(token, key, replica + 1, number + 1)));
    }

    private static long took(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private static Asked asked(String key, long at, long tookMs, HttpClientResponse response, Buffer body) {
        boolean retryAfter = response.getHeader("Retry-After") != null;
        int status = response.statusCode();
        try {
            JsonObject message = new JsonObject(body);
            boolean failed = message.getString("status").equals("FAILED");
            boolean fits = message.fieldNames().equals(Set.of("transactionId", "status", failed ? "error" : "result"))
                    && (status < 400 || failed);
            int code = failed ? message.getJsonObject("error").getInteger("code") : 0;
            UUID id = UUID.fromString(message.getString("transactionId"));
            return new Asked(key, at, tookMs, status, fits, id, message.getString("status"), code, retryAfter);
        } catch (RuntimeException noEnvelope) {
            return new Asked(key, at, tookMs, status, false, null, null, 0, retryAfter);
        }
    }

    @Override
    public void close() {
        vertx.close();
    }
}
