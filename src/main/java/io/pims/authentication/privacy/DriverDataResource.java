package io.pims.authentication.privacy;

import io.pims.authentication.caller.Callers;
import io.pims.authentication.driver.Driver;
import io.pims.authentication.driver.Roles;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.QueryParameters;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.personaldata.PersonalData;
import io.pims.authentication.privacy.DriverData.KeptPart;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.RestPath;

/** Tells and erases all that is kept about a driver (GDPR, articles 15 and 17), for those who answer such requests. */
@Path("/v1/authentication/drivers/{user}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PRIVACY)
public class DriverDataResource {

    private final DriverData data;
    private final Callers callers;
    private final RequestIds requestIds;

    DriverDataResource(DriverData data, Callers callers, RequestIds requestIds) {
        this.data = data;
        this.callers = callers;
        this.requestIds = requestIds;
    }

    /** Returns what is kept by its parts, each a list. A part that has more rows than are told is named in {@code incomplete}. */
    @GET
    @Path("/data")
    public Uni<Envelope> export(@RestPath String user, @Context RoutingContext context) {
        check(user, context);
        return data.export(user, callers.of(context))
                .map(kept -> Envelope.succeeded(requestIds.of(context), result(kept)));
    }

    /** Erases it. Done again, it finds nothing and succeeds. */
    @DELETE
    @Path("/data")
    public Uni<Envelope> erase(@RestPath String user, @Context RoutingContext context) {
        check(user, context);
        return data.erase(user, callers.of(context)).replaceWith(() -> Envelope.succeeded(requestIds.of(context)));
    }

    /** Neither has a parameter in the query: one that is meant to soften an erasure must not be passed over. */
    private static void check(String user, RoutingContext context) {
        QueryParameters.requireKnownOnce(context.queryParams(), Set.of());
        if (!Driver.isUser(user)) {
            throw ApiException.invalid("user");
        }
    }

    private static Map<String, Object> result(List<KeptPart> kept) {
        Map<String, Object> result = new LinkedHashMap<>();
        kept.forEach(part -> result.put(
                part.name(), part.rows().stream().limit(PersonalData.MOST_ROWS).toList()));
        result.put(
                "incomplete",
                kept.stream()
                        .filter(part -> part.rows().size() > PersonalData.MOST_ROWS)
                        .map(KeptPart::name)
                        .toList());
        return result;
    }
}
