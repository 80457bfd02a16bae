package io.pims.authentication.smscode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.http.RehearsalToken;
import io.pims.authentication.sandbox.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What it does when the replica, here a server that always answers the same, does not do what is expected. */
class RequestRehearsalTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final RehearsalToken token = new RehearsalToken();
    private final int port = FreePort.find();
    private final RequestRehearsal rehearsal = new RequestRehearsal(token, vertx, port);
    private final Queue<HttpServerRequest> received = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void answer(int status) {
        vertx.createHttpServer()
                .requestHandler(request -> {
                    received.add(request);
                    request.response().setStatusCode(status).end();
                })
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private CompletableFuture<Void> once() {
        return rehearsal.once().subscribeAsCompletionStage();
    }

    @Test
    void each_request_has_the_token_and_is_not_traced() {
        answer(409);

        once().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

        assertThat(received)
                .isNotEmpty()
                .allMatch(request -> request.getHeader("Authorization").equals("Bearer " + token.issue()))
                .allMatch(request -> request.getHeader("traceparent").endsWith("-00"));
        assertThat(token.isValid()).isTrue();
    }

    @Test
    void a_port_that_is_not_open_yet_is_waited_for() {
        CompletableFuture<Void> first = once();
        answer(409);

        first.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    void a_port_that_does_not_open_ends_it() {
        assertThatThrownBy(() -> rehearsal.once().await().atMost(PATIENCE))
                .hasStackTraceContaining("Connection refused")
                .hasStackTraceContaining("Retries exhausted");
        assertThat(token.isValid()).isFalse();
    }

    @Test
    void any_other_answer_ends_it_and_the_token() {
        answer(503);

        assertThatThrownBy(() -> rehearsal.once().await().atMost(PATIENCE)).hasMessageContaining("answered 503");
        assertThat(token.isValid()).isFalse();
    }
}
