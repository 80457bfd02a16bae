package io.pims.authentication.readiness;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses what the API is asked before the service is ready, ahead of everything else. */
public class ReadinessFilter {

    private final Readiness readiness;

    public ReadinessFilter(Readiness readiness) {
        this.readiness = readiness;
    }

    @ServerRequestFilter(preMatching = true, priority = 0)
    public void refuseUntilReady(ContainerRequestContext request) {
        if (request.getUriInfo().getPath().startsWith("/v1/")) {
            readiness.require();
        }
    }
}
