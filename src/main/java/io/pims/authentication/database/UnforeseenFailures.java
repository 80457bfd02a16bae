package io.pims.authentication.database;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorMappers;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers failures that no other mapper knows: the database is away, which passes, or the service is at fault. */
public class UnforeseenFailures {

    private final ErrorMappers mappers;

    public UnforeseenFailures(ErrorMappers mappers) {
        this.mappers = mappers;
    }

    @ServerExceptionMapper
    public Response failed(Throwable failure, RoutingContext context) {
        return Outage.isBehind(failure)
                ? mappers.refused(ApiException.databaseAway(failure), context)
                : mappers.unexpected(failure, context);
    }
}
