package io.pims.authentication.readiness;

import io.quarkus.arc.Unremovable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks this replica over HTTP if it is alive, as the kubelet does: the one request that real HTTP can be rehearsed by, as no
 * token of the issuer is at hand for others.
 */
@Singleton
@Unremovable
class ProbeRehearsal implements Rehearsal {

    private static final String PATH = "/q/health/live";
    private static final String HERE = "127.0.0.1";
    private static final int CONNECTIONS = 1;

    /** Soon after the last request, so that nothing is left of this. */
    private static final int KEEP_ALIVE_SECONDS = 1;

    /** The port is opened beside the migration, and may come after it. */
    private static final int TRIES = 20;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final int port;
    private final HttpClient http;

    ProbeRehearsal(Vertx vertx, @ConfigProperty(name = "quarkus.management.port") int port) {
        this.port = port;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    @Override
    public Uni<Void> once() {
        return Uni.createFrom()
                .completionStage(() -> http.request(HttpMethod.GET, port, HERE, PATH)
                        .compose(request -> request.send().compose(HttpClientResponse::body))
                        .toCompletionStage())
                .onFailure()
                .retry()
                .withBackOff(PAUSE, PAUSE)
                .atMost(TRIES)
                .replaceWithVoid();
    }
}
