package io.pims.authentication.driver;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what the check of tokens would not. Of two {@code Authorization} headers (RFC 9110, section 5.3) it takes the
 * first, and a proxy before us may look at the other; at a token of which nothing but dots is there it fails.
 */
public class AuthorizationFilter {

    @ServerRequestFilter(preMatching = true)
    public void refuse(ContainerRequestContext request) {
        List<String> headers = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (headers != null && (headers.size() > 1 || isHollow(headers.get(0)))) {
            throw Drivers.unusableToken();
        }
    }

    /** Whether nothing is before the token's first dot, where its header belongs, or right after it, where its claims do. */
    private static boolean isHollow(String authorization) {
        String token = authorization.substring(authorization.indexOf(' ') + 1).stripLeading();
        int dot = token.indexOf('.');
        return token.isEmpty() || dot == 0 || dot > 0 && (dot + 1 == token.length() || token.charAt(dot + 1) == '.');
    }
}
