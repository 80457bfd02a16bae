package io.pims.authentication.readiness;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.http.RehearsalToken;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses requests for the API until the service is ready, ahead of everything else; but for its own rehearsal. */
public class ReadinessFilter {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Readiness readiness;
    private final RehearsalToken rehearsalToken;

    public ReadinessFilter(Readiness readiness, RehearsalToken rehearsalToken) {
        this.readiness = readiness;
        this.rehearsalToken = rehearsalToken;
    }

    @ServerRequestFilter(preMatching = true, priority = 0)
    public void refuseUntilReady(ContainerRequestContext request, RoutingContext context) {
        if (!readiness.isReady()
                && request.getUriInfo().getPath().startsWith("/v1/")
                && !rehearsalToken.admits(context.request())) {
            throw ApiException.of(503, ErrorCode.FACADE_NOT_INITIALIZED).retryAfter(RETRY_AFTER);
        }
    }
}
