package io.pims.authentication.support;

import io.pims.authentication.caller.Callers;
import io.pims.authentication.driver.Roles;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.QueryParameters;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What the help desk sees of a driver, and does for one who lost the phone or is blocked. */
@Path("/v1/authentication/drivers/{user}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SUPPORT)
public class SupportResource {

    private static final Set<String> PARAMETERS = Set.of(Reason.NAME);

    private final Callers callers;
    private final DriverViews views;
    private final DriverRecovery recovery;
    private final DriverUnblock unblock;

    SupportResource(Callers callers, DriverViews views, DriverRecovery recovery, DriverUnblock unblock) {
        this.callers = callers;
        this.views = views;
        this.recovery = recovery;
        this.unblock = unblock;
    }

    /** The body of a call: why it is made, at most 200 characters without personal data. */
    public record Because(String reason) {

        @Override
        public String toString() {
            return "Because[]";
        }
    }

    /** Reads how things stand for the driver. */
    @GET
    public Uni<Envelope> read(@RestPath String user, @RestQuery String reason, @Context RoutingContext context) {
        QueryParameters.requireKnownOnce(context.queryParams(), PARAMETERS);
        return run(context, user, reason, views::of);
    }

    /** Takes number and PIN off file, or confirms that they shall go. */
    @POST
    @Path("/recovery")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Envelope> recover(@RestPath String user, Because body, @Context RoutingContext context) {
        return run(context, user, reason(body), recovery::recover);
    }

    /** Puts number and PIN back. */
    @DELETE
    @Path("/recovery")
    public Uni<Envelope> undo(@RestPath String user, @RestQuery String reason, @Context RoutingContext context) {
        QueryParameters.requireKnownOnce(context.queryParams(), PARAMETERS);
        return run(context, user, reason, recovery::undo);
    }

    /** Frees the driver's counts, once a day. */
    @POST
    @Path("/unblock")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Envelope> unblock(@RestPath String user, Because body, @Context RoutingContext context) {
        return run(context, user, reason(body), unblock::unblock);
    }

    private static String reason(Because body) {
        ApiException.requirePresent(Reason.NAME, body);
        return body.reason();
    }

    private <T> Uni<Envelope> run(
            RoutingContext context, String user, String reason, Function<SupportCall, Uni<T>> work) {
        SupportCall call = SupportCall.of(callers.of(context), user, reason);
        return work.apply(call).map(result -> Envelope.succeeded(call.agent().requestId(), result));
    }
}
