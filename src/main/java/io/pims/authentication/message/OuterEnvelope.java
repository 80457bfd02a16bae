package io.pims.authentication.message;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What has to hold for all answers, also for those that never reach a resource: the envelope, and the headers that
 * keep answers out of caches and out of other people's pages.
 */
@ApplicationScoped
public class OuterEnvelope {

    private static final int EARLY = 9_000;

    private final RequestIds requestIds;
    private final long longestBody;

    public OuterEnvelope(
            RequestIds requestIds,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size")
                    io.quarkus.runtime.configuration.MemorySize longestBody) {
        this.requestIds = requestIds;
        this.longestBody = longestBody.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseWhatIsTooLong, EARLY);
    }

    private void refuseWhatIsTooLong(RoutingContext context) {
        context.response().putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && length.length() > 18 || length != null && Long.parseLong(length) > longestBody) {
            // The rest of the body is not read: the connection can't be used again.
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            end(context, 413, "body");
        } else {
            context.next();
        }
    }

    private void end(RoutingContext context, int status, String parameter) {
        Message refusal = Message.failed(requestIds.of(context), ErrorCode.INVALID_PARAMETER, parameter);
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.encode(refusal));
    }
}
