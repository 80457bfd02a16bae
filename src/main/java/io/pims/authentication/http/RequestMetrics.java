package io.pims.authentication.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Counts answers by operation and by the error code in their envelope: at most one series for each of both. */
@Startup
@ApplicationScoped
public class RequestMetrics {

    static final String OTHER = "other";
    private static final String API = "/v1/authentication/";
    private static final String NONE = "none";

    private static final Set<String> OPERATIONS =
            Set.of("account", "events", "pincode", "receipt", "smscode", "trustedphonenumber");

    private final MeterRegistry registry;

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
        // A series that appears with its first event hides it from increase().
        for (String operation : OPERATIONS) {
            count(operation, NONE, 0);
            for (ErrorCode code : ErrorCode.values()) {
                count(operation, Integer.toString(code.code()), 0);
            }
        }
    }

    @ServerResponseFilter
    public void count(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Envelope message) {
            count(request.getUriInfo().getPath(), message);
        }
    }

    public void count(String path, Envelope answer) {
        String code = answer instanceof Envelope.Failure failure
                ? Integer.toString(failure.error().code())
                : NONE;
        count(operation(path), code, 1);
    }

    private void count(String operation, String code, int times) {
        registry.counter("pims.requests", "operation", operation, "code", code).increment(times);
    }

    /** The path's third segment, if it is one of ours. */
    static String operation(String path) {
        if (path == null || !path.startsWith(API)) {
            return OTHER;
        }
        int end = path.indexOf('/', API.length());
        String segment = path.substring(API.length(), end < 0 ? path.length() : end);
        return OPERATIONS.contains(segment) ? segment : OTHER;
    }
}
