package io.pims.authentication.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.ForbiddenException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns failures of a request into the envelope. An unexpected one is 2204, and its cause goes to the log alone. */
public class ErrorMappers {

    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);
    private static final Duration ISSUER_RETRY = Duration.ofSeconds(2);
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    private final RequestIds requestIds;
    private final RehearsalToken rehearsalToken;

    public ErrorMappers(RequestIds requestIds, RehearsalToken rehearsalToken) {
        this.requestIds = requestIds;
        this.rehearsalToken = rehearsalToken;
    }

    @ServerExceptionMapper
    public Response refused(ApiException refusal, RoutingContext context) {
        String cause = refusal.getCause() == null ? "" : " (" + refusal.getCause() + ")";
        // The cause in one line: while the database is away, each request would tell the same stack.
        LOG.logf(
                level(refusal, context), "Refused with %d: %s%s", refusal.code().code(), refusal.getMessage(), cause);
        Response.ResponseBuilder response = Response.status(refusal.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Envelope.failed(requestIds.of(context), refusal.code(), refusal.parameter()));
        refusal.headers().forEach(response::header);
        return response.build();
    }

    /** A request of our own is no driver's, and nobody waits for its answer. */
    private Logger.Level level(ApiException refusal, RoutingContext context) {
        if (rehearsalToken.isOn(context.request())) {
            return Logger.Level.DEBUG;
        }
        return refusal.status() >= 500 ? Logger.Level.WARN : Logger.Level.INFO;
    }

    @ServerExceptionMapper
    public Response wrongRole(ForbiddenException forbidden, RoutingContext context) {
        ApiException refusal = ApiException.invalid("Authorization", 403);
        return refused(refusal.header("WWW-Authenticate", "Bearer error=\"insufficient_scope\""), context);
    }

    @ServerExceptionMapper
    public Response notJson(JacksonException malformed, RoutingContext context) {
        return refused(ApiException.invalid(parameterOf(malformed)), context);
    }

    /** Quarkus has a mapper of its own for these, which tells the client about our classes. */
    @ServerExceptionMapper
    public Response wrongJson(MismatchedInputException malformed, RoutingContext context) {
        return notJson(malformed, context);
    }

    @ServerExceptionMapper
    public Response refusedByFramework(WebApplicationException failure, RoutingContext context) {
        if (failure.getCause() instanceof JacksonException malformed) {
            return notJson(malformed, context);
        }
        int status = failure.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(failure, context);
        }
        ApiException refusal = ApiException.invalid(parameterOf(status), status);
        if (status == 405) {
            ApiPaths.methods(context.normalizedPath()).ifPresent(methods -> refusal.header("Allow", methods));
        }
        return refused(refusal, context);
    }

    /** The issuer has not been reached since the start, so that no token can be checked yet. */
    @ServerExceptionMapper
    public Response issuerAway(OIDCException away, RoutingContext context) {
        ApiException refusal = ApiException.of(503, ErrorCode.SERVER_ERROR).retryAfter(ISSUER_RETRY);
        LOG.logf(level(refusal, context), "The issuer of tokens is away: %s", away.getMessage());
        return refused(refusal, context);
    }

    /** Answers 500, and tells the log the whole failure. */
    public Response unexpected(Throwable failure, RoutingContext context) {
        LOG.error("Unexpected failure", failure);
        return refused(ApiException.of(500, ErrorCode.SERVER_ERROR), context);
    }

    /** Returns the field that is malformed or unknown; the body where none is named. */
    private static String parameterOf(JacksonException malformed) {
        if (malformed instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            String field = mapping.getPath().get(0).getFieldName();
            return field != null && FIELD.matcher(field).matches() ? field : "body";
        }
        return "body";
    }

    private static String parameterOf(int status) {
        return switch (status) {
            case 404 -> "path";
            case 405 -> "method";
            case 406 -> "Accept";
            case 415 -> "Content-Type";
            default -> "body";
        };
    }
}
