package io.pims.authentication.driver;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Hands the check of tokens what it can read, and refuses what it would not. Of two {@code Authorization} headers (RFC
 * 9110, section 5.3) it takes the first, and a proxy before us may look at the other. The second of two blanks after the
 * scheme it takes for a part of the token, and what belongs into none, such as a comma behind it, it overlooks.
 */
public class AuthorizationFilter {

    private static final Pattern BEARER = Pattern.compile("(?i:bearer)[ \\t]+(.*)");

    /**
     * RFC 6750, section 2.1, but for a token with nothing before its first dot, where its header belongs, or right after
     * it, where its claims do: at that the check fails.
     */
    private static final Pattern TOKEN =
            Pattern.compile("[A-Za-z0-9_~+/-]++(?:\\.[A-Za-z0-9_~+/-][A-Za-z0-9._~+/-]*+)?=*");

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
        Matcher bearer = BEARER.matcher(authorization);
        if (bearer.matches()) {
            String token = bearer.group(1);
            if (!TOKEN.matcher(token).matches()) {
                throw RefusedTokens.unusable(TokenFault.NOT_A_JWT.text());
            }
            headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        }
    }
}
