package io.pims.authentication.certification;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.caller.Callers;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.Envelope;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** {@code SET pims.authentication.smscode}: turns a code into a trusted phone number. */
@Path("/v1/authentication/smscode")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class CertificationResource {

    private final NumberCertification certification;
    private final Callers callers;

    CertificationResource(NumberCertification certification, Callers callers) {
        this.certification = certification;
        this.callers = callers;
    }

    @PUT
    public Uni<Envelope> change(NumberChange body, @Context RoutingContext context) {
        Caller caller = callers.of(context);
        ApiException.requirePresent("action", body);
        body.validate();
        return certification.certify(caller, body).replaceWith(() -> Envelope.succeeded(caller.requestId()));
    }
}
