package io.pims.authentication.http.guard;

import io.netty.handler.codec.http2.Http2Error;
import io.pims.authentication.http.HttpConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Cuts off a client that sends a body too slowly. The idle time-out does not: each byte is traffic. Quarkus' read
 * time-out does not either: it is for blocking readers.
 */
@ApplicationScoped
public class BodyDeadline {

    private static final Logger LOG = Logger.getLogger(BodyDeadline.class);
    private static final int BEFORE_THE_BODY_IS_READ = 9_500;

    private final Vertx vertx;
    private final long timeoutMillis;

    public BodyDeadline(Vertx vertx, HttpConfig config) {
        this.vertx = vertx;
        this.timeoutMillis = config.bodyTimeout().toMillis();
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, BEFORE_THE_BODY_IS_READ);
    }

    private void watch(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (mayHaveBody(request)) {
            long timer = vertx.setTimer(timeoutMillis, late -> cutOff(request));
            request.end().onComplete(ended -> vertx.cancelTimer(timer));
            context.addEndHandler(answered -> readOn(request));
        }
        context.next();
    }

    private static boolean mayHaveBody(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                ? !request.isEnded()
                : request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** A body that is refused unread would never end; a stream that was reset has ended. */
    private static void readOn(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.resume();
        }
    }

    private static void cutOff(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        LOG.info("Cut off: the body does not come");
        if (request.version() == HttpVersion.HTTP_2) {
            // The connection may be a proxy's, with other clients' requests in it.
            request.response().reset(Http2Error.CANCEL.code());
        } else {
            request.connection().close();
        }
    }
}
