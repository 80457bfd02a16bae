package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traces leave by OTLP over gRPC, for which the build takes in no more of gRPC than that needs. */
class TracesIT {

    private static final String EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    /** Not compressed, of length 0: a response without a field (gRPC over HTTP/2, "Length-Prefixed-Message"). */
    private static final Buffer EMPTY_MESSAGE = Buffer.buffer(new byte[5]);

    private final List<String> exported = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private HttpServer collector;
    private Installation installation;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        collector = vertx.createHttpServer()
                .requestHandler(this::collect)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        installation = new Installation(TracesIT.class);
    }

    @AfterEach
    void close() {
        installation.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void collect(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (request.path().equals(EXPORT)) {
                exported.add(body.toString(StandardCharsets.ISO_8859_1));
            }
            request.response().putHeader("content-type", "application/grpc").putTrailer("grpc-status", "0");
            request.response().end(EMPTY_MESSAGE);
        });
    }

    @Test
    void the_spans_of_a_request_reach_the_collector() {
        Replica replica = installation
                .start(
                        1,
                        Map.of(
                                "quarkus.otel.sdk.disabled",
                                "false",
                                "quarkus.otel.exporter.otlp.endpoint",
                                "http://127.0.0.1:" + collector.actualPort(),
                                "quarkus.otel.bsp.schedule.delay",
                                "100ms"))
                .get(0);

        assertThat(replica.ask(installation.driver().token()).join().status()).isEqualTo(202);

        await().untilAsserted(() -> assertThat(exported)
                .anyMatch(spans -> spans.contains("POST " + Replica.SMSCODE))
                .anyMatch(spans -> spans.contains("pims.transaction.id")));
        assertThat(replica.output()).doesNotContain("Failed to export");
    }
}
