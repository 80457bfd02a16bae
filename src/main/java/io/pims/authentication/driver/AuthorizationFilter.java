package io.pims.authentication.driver;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Prepares the header for Quarkus' check of tokens, and refuses what that check would misread. Of two
 * {@code Authorization} headers (RFC 9110, section 5.3) it takes the first, and a proxy before us may look at the
 * other. It takes a second blank after the scheme for a part of the token, and overlooks a character that no token has,
 * such as a comma.
 */
public class AuthorizationFilter {

    private static final Pattern BEARER = Pattern.compile("(?i:bearer)[ \\t]+");

    /**
     * RFC 6750, section 2.1. Left out are tokens with nothing before their first dot, or right after it, where the
     * check fails with an error of its own.
     */
    private static final Pattern BEARER_TOKEN =
            Pattern.compile(BEARER.pattern() + "([\\p{Alnum}_~+/-]++(?:\\.[\\p{Alnum}_~+/-][\\p{Alnum}._~+/-]*+)?=*)");

    @ServerRequestFilter(preMatching = true)
    public void read(RoutingContext context) {
        MultiMap headers = context.request().headers();
        List<String> all = headers.getAll(HttpHeaders.AUTHORIZATION);
        if (all.size() > 1) {
            throw RefusedTokens.unusable("several Authorization headers");
        }
        if (!all.isEmpty()) {
            read(all.get(0), headers);
        }
    }

    private static void read(String authorization, MultiMap headers) {
        Matcher bearer = BEARER_TOKEN.matcher(authorization);
        if (bearer.matches()) {
            headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + bearer.group(1));
        } else if (BEARER.matcher(authorization).lookingAt()) {
            throw RefusedTokens.unusable(TokenFault.NOT_A_JWT.text());
        }
    }
}
