package io.pims.authentication.driver;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorMappers;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers a request without a valid token. The log alone tells why it is not valid. */
public class RefusedTokens {

    private final ErrorMappers errorMappers;

    public RefusedTokens(ErrorMappers errorMappers) {
        this.errorMappers = errorMappers;
    }

    @ServerExceptionMapper
    public Response noToken(UnauthorizedException missing, RoutingContext context) {
        ApiException refusal = context.request().headers().contains(HttpHeaders.AUTHORIZATION)
                ? unusable("no bearer token")
                : ApiException.missing(HttpHeaders.AUTHORIZATION, 401).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return errorMappers.refused(refusal, context);
    }

    @ServerExceptionMapper
    public Response badToken(AuthenticationFailedException bad, RoutingContext context) {
        return errorMappers.refused(unusable(TokenFault.reason(bad)), context);
    }

    /**
     * Returns the 401 of RFC 6750, section 3.1.
     *
     * @param reason for the log, nothing out of the token
     */
    static ApiException unusable(String reason) {
        return ApiException.invalid(HttpHeaders.AUTHORIZATION, 401)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                .because(reason);
    }
}
