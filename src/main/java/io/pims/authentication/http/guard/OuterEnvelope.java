package io.pims.authentication.http.guard;

import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.http.RequestMetrics;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Refuses, in the envelope, requests that never reach a resource: ambiguous, over a bound, or to no path of ours. */
@ApplicationScoped
public class OuterEnvelope {

    private static final Logger LOG = Logger.getLogger(OuterEnvelope.class);
    private static final int EARLY = 9_000;
    private static final int FIRST = Integer.MIN_VALUE;
    /** Behind the filters, before all that Quarkus has there. */
    private static final int BEFORE_THE_FRAMEWORK = -1;
    /** Whatever is longer does not fit in a long. */
    private static final int MOST_DIGITS = 18;

    private final RequestIds requestIds;
    private final RequestMetrics metrics;
    private final long longestBody;
    private final int longestUrl;
    private final boolean documented;
    private final BodyHandler boundedBody;
    /** Connections that are about to be closed. */
    private final Set<HttpConnection> givenUp = ConcurrentHashMap.newKeySet();

    /** @param longestUrl in characters */
    public OuterEnvelope(
            RequestIds requestIds,
            RequestMetrics metrics,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longestBody,
            @ConfigProperty(name = "quarkus.http.limits.max-initial-line-length") int longestUrl,
            @ConfigProperty(name = "quarkus.smallrye-openapi.enabled") boolean documented) {
        this.requestIds = requestIds;
        this.metrics = metrics;
        this.longestBody = longestBody.asLongValue();
        this.longestUrl = longestUrl;
        this.documented = documented;
        this.boundedBody = BodyHandler.create(false).setBodyLimit(this.longestBody);
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, EARLY);
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).failureHandler(this::failed);
        if (!documented) {
            // Else Quarkus answers, with nothing, where the document would be.
            router.route("/q/*").order(BEFORE_THE_FRAMEWORK).handler(context -> context.fail(404));
        }
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (givenUp.contains(request.connection())) {
            refuse(context, 400, "body");
        } else if (request.uri().length() > longestUrl) {
            // Over HTTP/1.1 the server refuses it before us.
            context.fail(414);
        } else if (request.path() != null && request.path().indexOf(';') >= 0) {
            // No operation has matrix parameters. The router would leave them out of a driver's name.
            context.fail(404);
        } else {
            ambiguousHeader(request)
                    .ifPresentOrElse(header -> refuseAll(context, header), () -> boundBody(context, request));
        }
    }

    /**
     * Returns a header that leaves open where the request ends. The HTTP server takes an encoding that it does not know
     * for none, and the first of two hosts. A proxy before it may see that differently, and what one of the two takes
     * for a body the other takes for a request (RFC 9112, sections 6.1 and 11.2).
     */
    private static Optional<String> ambiguousHeader(HttpServerRequest request) {
        List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (encodings.size() > 1 || encodings.size() == 1 && !"chunked".equalsIgnoreCase(encodings.get(0))) {
            return Optional.of("Transfer-Encoding");
        }
        return request.version() != HttpVersion.HTTP_2
                        && request.headers().getAll(HttpHeaders.HOST).size() > 1
                ? Optional.of("Host")
                : Optional.empty();
    }

    /**
     * Quarkus bounds the body too, but answers without one. That is left as it is for HTTP/2 without a length, where a
     * body that was read ahead can't be handed on.
     */
    private void boundBody(RoutingContext context, HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && (length.length() > MOST_DIGITS || Long.parseLong(length) > longestBody)) {
            context.fail(413);
        } else if (length == null && request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            boundedBody.handle(context);
        } else {
            context.next();
        }
    }

    private void failed(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            // Nobody is there any more, and that is not for the log of errors.
            return;
        }
        int status = context.statusCode();
        if (isBrokenBody(context)) {
            refuse(context, 400, "body");
        } else if (response.ended() || response.headWritten() || status < 400 || status >= 500) {
            context.next();
        } else {
            refuse(context, status, status == 413 ? "body" : "path");
        }
    }

    /** True for a malformed chunk, or a client that went away: to the framework this is a failure of the server. */
    private static boolean isBrokenBody(RoutingContext context) {
        return context.failure() != null
                && context.statusCode() != 413
                && !context.request().isEnded();
    }

    /** Refuses all else on the connection too: nobody knows where a request begins in it. */
    private void refuseAll(RoutingContext context, String parameter) {
        HttpConnection connection = context.request().connection();
        givenUp.add(connection);
        refuse(context, 400, parameter)
                .onComplete(written -> connection.close().onComplete(closed -> givenUp.remove(connection)));
    }

    private Future<Void> refuse(RoutingContext context, int status, String parameter) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        if (response.ended() || response.headWritten() || response.closed()) {
            return Future.succeededFuture();
        }
        if (!request.isEnded() && request.version() != HttpVersion.HTTP_2) {
            // The rest of the body is not read, so that the connection can't be used again.
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        LOG.infof("Refused with %d: %s", status, parameter);
        Envelope refusal = Envelope.failed(requestIds.of(context), ErrorCode.INVALID_PARAMETER, parameter);
        metrics.count(request.path(), refusal);
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.encode(refusal));
    }
}
