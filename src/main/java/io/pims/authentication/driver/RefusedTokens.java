package io.pims.authentication.driver;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorMappers;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers a request without a token that counts. Why it does not is nobody's business but that of who reads the log. */
public class RefusedTokens {

    private final ErrorMappers answers;

    public RefusedTokens(ErrorMappers answers) {
        this.answers = answers;
    }

    @ServerExceptionMapper
    public Response noToken(UnauthorizedException missing, RoutingContext context) {
        ApiException refusal = context.request().headers().contains(HttpHeaders.AUTHORIZATION)
                ? unusable("no bearer token")
                : ApiException.missing(HttpHeaders.AUTHORIZATION, 401).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return answers.refused(refusal, context);
    }

    @ServerExceptionMapper
    public Response badToken(AuthenticationFailedException bad, RoutingContext context) {
        return answers.refused(unusable(TokenFault.reason(bad)), context);
    }

    /**
     * RFC 6750, section 3.1.
     *
     * @param reason for the log, in words that are fixed
     */
    static ApiException unusable(String reason) {
        return ApiException.invalid(HttpHeaders.AUTHORIZATION, 401)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                .because(reason);
    }
}
