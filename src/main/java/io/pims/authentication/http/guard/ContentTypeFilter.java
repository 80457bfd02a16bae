package io.pims.authentication.http.guard;

import io.pims.authentication.http.ApiException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a body that does not say what it is. The framework takes a missing {@code Content-Type} for whatever is wanted,
 * so it does with a wildcard, and of two it takes the first.
 */
public class ContentTypeFilter {

    private static final Set<String> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT);

    /** Behind the match, so that a path or method that is none is told first. */
    @ServerRequestFilter
    public void refuse(ContainerRequestContext request) {
        if (WITH_BODY.contains(request.getMethod())
                && request.getUriInfo().getPath().startsWith("/v1/")
                && !isClear(request)) {
            throw ApiException.invalid(HttpHeaders.CONTENT_TYPE, 415);
        }
    }

    private static boolean isClear(ContainerRequestContext request) {
        List<String> types = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        return types != null
                && types.size() == 1
                && !types.get(0).isBlank()
                && !types.get(0).contains("*");
    }
}
