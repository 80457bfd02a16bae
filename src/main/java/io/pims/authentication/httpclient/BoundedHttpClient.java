package io.pims.authentication.httpclient;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Opens Vert.x' HTTP client with bounded connections, headers and times, over HTTP/1.1. It follows no redirect, as Vert.x does
 * by itself, and tells nothing of what goes over the wire.
 */
public final class BoundedHttpClient {

    /** Less than load balancers commonly grant an idle connection, so that a request seldom meets a dead one. */
    private static final int CONNECTION_LIFE_SECONDS = 30;

    /** In bytes, of all headers of an answer together. */
    private static final int LONGEST_HEADERS = 8192;

    private BoundedHttpClient() {}

    /**
     * Opens one; the caller closes it.
     *
     * @param connections requests that go on at once, each over a connection of its own
     * @param connectTimeout longest wait for a connection, and for TLS on it
     */
    public static HttpClient open(Vertx vertx, int connections, Duration connectTimeout) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setMaxPoolSize(connections)
                // For a moment: a connection is given back a little later than its request ends.
                .setMaxWaitQueueSize(connections)
                .setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()))
                .setSslHandshakeTimeout(connectTimeout.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(CONNECTION_LIFE_SECONDS)
                .setMaxHeaderSize(LONGEST_HEADERS)
                // Spans and headers would tell the whole address; the caller has a span of its own.
                .setTracingPolicy(TracingPolicy.IGNORE);
        // What breaks a connection fails its request. Vert.x would log it as well, with what came over the wire.
        return vertx.httpClientBuilder()
                .with(options)
                .withConnectHandler(connection -> connection.exceptionHandler(failure -> {}))
                .build();
    }
}
