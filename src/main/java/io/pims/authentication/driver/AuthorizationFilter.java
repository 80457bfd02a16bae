package io.pims.authentication.driver;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what the check of tokens would not. Of two {@code Authorization} headers (RFC 9110, section 5.3) it takes the
 * first, and a proxy before us may look at the other; at a token of which nothing but dots is there it fails.
 */
public class AuthorizationFilter {

    private static final Pattern NO_HEADER_OR_NO_CLAIMS = Pattern.compile("\\S++\\s++(?:\\..*|[^.]*+\\.(?:\\..*)?)");

    @ServerRequestFilter(preMatching = true)
    public void refuse(ContainerRequestContext request) {
        List<String> headers = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (headers != null
                && (headers.size() > 1
                        || NO_HEADER_OR_NO_CLAIMS.matcher(headers.get(0)).matches())) {
            throw Drivers.unusableToken();
        }
    }
}
