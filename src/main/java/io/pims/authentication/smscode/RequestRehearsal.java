package io.pims.authentication.smscode;

import io.pims.authentication.http.RehearsalToken;
import io.pims.authentication.readiness.Rehearsal;
import io.quarkus.arc.Unremovable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks this replica over HTTP for a code, for a made-up driver who has no number on file: the whole way of a request, at whose
 * end is a refusal that leaves nothing behind. After any other answer, or where the replica does not listen for HTTP at the
 * loopback address, this is rehearsed no more.
 */
@Singleton
@Unremovable
class RequestRehearsal implements Rehearsal {

    static final String BODY = "{\"type\":\"resetPIN\"}";

    private static final int AT_ONCE = 4;
    private static final int NO_NUMBER = 409;

    /** The port is opened beside the migration, and may come after it. */
    private static final int TRIES = 20;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    /** W3C Trace Context: not sampled. */
    private static final String NOT_TRACED = "00-72656865617273616c72656865617273-72656865617273a1-00";

    private final RehearsalToken token;
    private final int port;
    private final HttpClient http;

    RequestRehearsal(RehearsalToken token, Vertx vertx, @ConfigProperty(name = "quarkus.http.port") int port) {
        this.token = token;
        this.port = port;
        // Without a timer: the server closes connections that are idle.
        this.http = vertx.createHttpClient(
                new PoolOptions().setHttp1MaxSize(AT_ONCE).setCleanerPeriod(0));
    }

    @Override
    public Uni<Void> once() {
        return Uni.createFrom()
                .completionStage(() -> requests().toCompletionStage())
                .onFailure(ConnectException.class)
                .retry()
                .withBackOff(BETWEEN_TRIES, BETWEEN_TRIES)
                .atMost(TRIES)
                .onFailure()
                .invoke(token::expire)
                .onItem()
                .delayIt()
                .by(PAUSE)
                .replaceWithVoid();
    }

    private Future<?> requests() {
        List<Future<Void>> requests =
                Stream.generate(this::request).limit(AT_ONCE).toList();
        return Future.all(requests);
    }

    private Future<Void> request() {
        return http.request(HttpMethod.POST, port, RehearsalToken.HERE, SmsCodeResource.PATH)
                .compose(this::send)
                .compose(answer -> answer.statusCode() == NO_NUMBER
                        ? answer.body().mapEmpty()
                        : Future.failedFuture("answered " + answer.statusCode()));
    }

    private Future<HttpClientResponse> send(HttpClientRequest request) {
        return request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.issue())
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .putHeader("traceparent", NOT_TRACED)
                .send(BODY);
    }

    @Override
    public void end() {
        token.expire();
    }
}
