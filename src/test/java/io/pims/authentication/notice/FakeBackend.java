package io.pims.authentication.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pims.authentication.webhook.WebhookSignature;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToIntFunction;

/** A backend that keeps what it is sent, and answers as it is told. */
final class FakeBackend implements AutoCloseable {

    static final String SECRET = "whsec_" + "QUJD".repeat(16);

    private final HttpServer server;
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private volatile ToIntFunction<Received> answer = post -> 204;
    private volatile String retryAfter;

    /** One post. */
    record Received(String id, String user, int number, String body, boolean isSigned) {}

    FakeBackend(Vertx vertx) {
        this(vertx, 0);
    }

    FakeBackend(Vertx vertx, int port) {
        server = vertx.createHttpServer()
                .requestHandler(this::take)
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(bytes -> {
            String body = bytes.toString(UTF_8);
            JsonObject data = new JsonObject(body).getJsonObject("data");
            String id = request.getHeader("webhook-id");
            Instant at = Instant.ofEpochSecond(Long.parseLong(request.getHeader("webhook-timestamp")));
            String signature = new WebhookSignature("", List.of(SECRET)).of(id, at, body);
            Received post = new Received(
                    id,
                    data.getString("user"),
                    data.getInteger("code", 0),
                    body,
                    request.getHeader("webhook-signature").equals(signature));
            received.add(post);
            int status = answer.applyAsInt(post);
            if (status == 0) {
                return;
            }
            if (retryAfter != null) {
                request.response().putHeader("Retry-After", retryAfter);
            }
            request.response().setStatusCode(status).end();
        });
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/events";
    }

    int port() {
        return server.actualPort();
    }

    /** @param status of the answer to each post; 0 for none */
    void answers(ToIntFunction<Received> status) {
        answer = status;
    }

    void answers(int status, String after) {
        retryAfter = after;
        answer = post -> status;
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    /** Returns the numbers of one user's events in the order of their posts. */
    List<Integer> numbersOf(String user) {
        return received.stream()
                .filter(post -> post.user().equals(user))
                .map(Received::number)
                .toList();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
