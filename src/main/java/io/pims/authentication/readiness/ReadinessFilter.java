package io.pims.authentication.readiness;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses requests for the API until the service is ready, ahead of everything else. */
public class ReadinessFilter {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Readiness readiness;

    public ReadinessFilter(Readiness readiness) {
        this.readiness = readiness;
    }

    @ServerRequestFilter(preMatching = true, priority = 0)
    public void refuseUntilReady(ContainerRequestContext request) {
        if (!readiness.isReady() && request.getUriInfo().getPath().startsWith("/v1/")) {
            throw ApiException.of(503, ErrorCode.FACADE_NOT_INITIALIZED).retryAfter(RETRY_AFTER);
        }
    }
}
