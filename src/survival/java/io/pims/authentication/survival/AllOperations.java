package io.pims.authentication.survival;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.Operation;
import io.pims.authentication.receipt.SignedMessageStatus;
import io.pims.authentication.receipt.SignedReceipt;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.stream.Collectors;

/**
 * Calls each operation of the service once, as somebody who may, and writes down what was told. Codes are asked for by the
 * clients all the time, who keep the books; a certification of ours would be a transaction that nobody knows of.
 */
final class AllOperations implements AutoCloseable {

    /** None of those who ask for codes. */
    private static final String USER = "somebody-else";

    private static final int CONNECTIONS = 1_000;
    private static final long PATIENCE_MS = 30_000;

    private final Site site;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http =
            vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    private final Queue<Told> answers = new ConcurrentLinkedQueue<>();
    private final Phaser underWay = new Phaser(1);

    /**
     * One call.
     *
     * @param tookMs from the call to its answer, or to what came in the place of one
     * @param status 0 if there was no answer
     * @param code of the error in the envelope; 0 if it is none
     */
    record Told(Operation operation, double tookMs, int status, int code, boolean hasRetryAfter) {

        boolean isRefused() {
            return status == 503 && code == 2204 && hasRetryAfter;
        }

        @Override
        public String toString() {
            return "%s was answered %d/%d%s after %.0f ms"
                    .formatted(operation, status, code, hasRetryAfter ? " with Retry-After" : "", tookMs);
        }
    }

    AllOperations(Site site) {
        this.site = site;
    }

    /** Calls them all at once, and does not wait for their answers. */
    void call(Replica replica) {
        for (Operation operation : Operation.values()) {
            if (operation == Operation.ASK_FOR_CERTIFICATION_CODE || !operation.asksDatabase()) {
                continue;
            }
            underWay.register();
            call(replica, operation).onSuccess(answers::add).onComplete(end -> underWay.arriveAndDeregister());
        }
    }

    void awaitAnswers() {
        underWay.arriveAndAwaitAdvance();
    }

    /** Waits until those that only read are answered again. */
    void awaitWell(Replica replica, Duration atMost) {
        for (Operation operation : List.of(Operation.READ_ACCOUNT, Operation.READ_NUMBER, Operation.READ_EVENTS)) {
            await().atMost(atMost).until(() -> {
                Told told = call(replica, operation)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
                return told.status() != 0 && told.status() < 500;
            });
        }
    }

    List<Told> answers() {
        return List.copyOf(answers);
    }

    private Future<Told> call(Replica replica, Operation operation) {
        long begun = System.nanoTime();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(operation.method()))
                .setAbsoluteURI(replica.address() + path(operation))
                .setIdleTimeout(PATIENCE_MS);
        if (operation.isByToken()) {
            options.putHeader("Authorization", "Bearer " + site.token(USER, operation.role()));
        }
        String body = body(operation);
        if (operation == Operation.RECEIVE_MESSAGES) {
            options.putHeader("Authorization", SignedMessageStatus.authorization(body));
        }
        if (!body.isEmpty()) {
            options.putHeader("Content-Type", "application/json");
        }
        return http.request(options)
                .compose(open -> open.send(body)
                        .compose(response -> response.body().map(answer -> told(operation, begun, response, answer))))
                .otherwise(failure -> new Told(operation, tookMs(begun), 0, 0, false));
    }

    private static Told told(Operation operation, long begun, HttpClientResponse response, Buffer body) {
        int code;
        try {
            code = new JsonObject(body).getJsonObject("error", new JsonObject()).getInteger("code", 0);
        } catch (RuntimeException noEnvelope) {
            code = 0;
        }
        return new Told(
                operation, tookMs(begun), response.statusCode(), code, response.getHeader("Retry-After") != null);
    }

    private static double tookMs(long begun) {
        return (System.nanoTime() - begun) / 1e6;
    }

    private static String path(Operation operation) {
        return switch (operation) {
            case READ_OUTCOME ->
                operation.path().replace("{transactionId}", UUID.randomUUID().toString());
            case READ_EVENTS -> operation.path() + "?user=" + USER;
            case EXPORT_DATA, ERASE_DATA -> operation.path().replace("{user}", "nobody");
            case RECEIVE_BY_GET ->
                operation.path() + "?"
                        + receipt().entrySet().stream()
                                .map(each -> each.getKey() + "="
                                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"));
            default -> operation.path();
        };
    }

    private static String body(Operation operation) {
        if (operation == Operation.RECEIVE_BY_POST) {
            return JsonObject.mapFrom(receipt()).encode();
        }
        if (operation == Operation.RECEIVE_MESSAGES) {
            return SignedMessageStatus.about(UUID.randomUUID(), "delivered").body();
        }
        JsonObject body = new JsonObject();
        operation.body().forEach(body::put);
        return body.isEmpty() ? "" : body.encode();
    }

    private static Map<String, String> receipt() {
        return SignedReceipt.about(UUID.randomUUID(), "delivered").signed();
    }

    @Override
    public void close() {
        vertx.close();
    }
}
