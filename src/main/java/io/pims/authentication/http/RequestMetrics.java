package io.pims.authentication.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Counts answers by operation and by the error code in their envelope: at most one series for each pair. */
@Startup
@ApplicationScoped
public class RequestMetrics {

    private static final String NONE = "none";

    private final MeterRegistry registry;
    private final RehearsalToken rehearsalToken;

    RequestMetrics(MeterRegistry registry, RehearsalToken rehearsalToken) {
        this.registry = registry;
        this.rehearsalToken = rehearsalToken;
        // A series that appears with its first event hides it from increase().
        for (String operation : ApiPaths.OPERATIONS) {
            count(operation, NONE, 0);
            for (ErrorCode code : ErrorCode.values()) {
                count(operation, Integer.toString(code.code()), 0);
            }
        }
    }

    @ServerResponseFilter
    public void count(ContainerRequestContext request, ContainerResponseContext response, RoutingContext context) {
        if (response.getEntity() instanceof Envelope envelope && !rehearsalToken.isOn(context.request())) {
            count(request.getUriInfo().getPath(), envelope);
        }
    }

    public void count(String path, Envelope envelope) {
        String code = envelope instanceof Envelope.Failure failure
                ? Integer.toString(failure.error().code())
                : NONE;
        count(ApiPaths.operation(path).orElse("other"), code, 1);
    }

    private void count(String operation, String code, int times) {
        registry.counter("pims.requests", "operation", operation, "code", code).increment(times);
    }
}
