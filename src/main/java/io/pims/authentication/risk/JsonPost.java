package io.pims.authentication.risk;

import io.pims.authentication.httpclient.BoundedHttpClient;
import io.pims.authentication.risk.SimSwap.Kind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Posts a question as JSON, and has the answer read by its status and body. By Vert.x' HTTP client: the REST client above it
 * reads an answer of any length into memory, and would tell the address by its spans and metrics.
 *
 * <p>A question ends within the timeout. Nothing is asked twice, and no redirect is followed.
 */
final class JsonPost implements AutoCloseable {

    /** In bytes; an answer has some 30 to 300. */
    static final int LONGEST_ANSWER = 16 * 1024;

    private final Vertx vertx;
    private final Context context;
    private final HttpClient http;
    private final RequestOptions address;
    private final Duration timeout;
    private volatile boolean closed;

    JsonPost(URI url, int connections, Duration timeout, Vertx vertx) {
        this.vertx = vertx;
        this.timeout = timeout;
        this.context = vertx.getOrCreateContext();
        this.address = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url.toString());
        this.http = BoundedHttpClient.open(vertx, connections, timeout);
    }

    /**
     * Asks when subscribed to.
     *
     * @param token the bearer token
     * @param headers more of the request
     * @param read makes the answer of a status and a whole body
     */
    Uni<SimSwap> ask(
            String token, Map<String, String> headers, JsonObject question, BiFunction<Integer, Buffer, SimSwap> read) {
        return Uni.createFrom().emitter(emitter -> {
            if (closed) {
                emitter.complete(new SimSwap(Kind.NOT_ASKED, "shutting down"));
            } else {
                RequestOptions request = new RequestOptions(address)
                        .putHeader("Authorization", "Bearer " + token)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Accept", "application/json");
                headers.forEach(request::putHeader);
                JsonExchange exchange = new JsonExchange(read, emitter::complete);
                context.runOnContext(begin -> begin(request, question.toBuffer(), exchange));
            }
        });
    }

    private void begin(RequestOptions options, Buffer question, JsonExchange exchange) {
        long timer = vertx.setTimer(timeout.toMillis(), late -> exchange.outOfTime());
        exchange.atTheEnd(() -> vertx.cancelTimer(timer));
        http.request(options).onFailure(exchange::failed).onSuccess(request -> exchange.send(request, question));
    }

    @Override
    public void close() {
        closed = true;
        http.close();
    }
}
