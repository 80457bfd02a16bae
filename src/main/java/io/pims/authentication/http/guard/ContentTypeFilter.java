package io.pims.authentication.http.guard;

import io.pims.authentication.http.ApiException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a body that does not say what it is. The framework takes a missing {@code Content-Type}, or a wildcard, for
 * whatever is wanted, and the first of two.
 */
public class ContentTypeFilter {

    private static final Set<String> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT);

    /** Runs after the match, so that an unknown path or method is told first. */
    @ServerRequestFilter
    public void refuse(ContainerRequestContext request) {
        if (WITH_BODY.contains(request.getMethod())
                && request.getUriInfo().getPath().startsWith("/v1/")
                && !isClear(request.getHeaders().get(HttpHeaders.CONTENT_TYPE))) {
            throw ApiException.invalid(HttpHeaders.CONTENT_TYPE, 415);
        }
    }

    private static boolean isClear(List<String> types) {
        return types != null
                && types.size() == 1
                && !types.get(0).isBlank()
                && !types.get(0).contains("*");
    }
}
