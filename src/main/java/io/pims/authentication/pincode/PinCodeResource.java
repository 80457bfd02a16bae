package io.pims.authentication.pincode;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pims.authentication.caller.Caller;
import io.pims.authentication.caller.Callers;
import io.pims.authentication.code.TypedCode;
import io.pims.authentication.driver.Driver;
import io.pims.authentication.driver.Roles;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.pincode.PinProof.PinAttempt;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** {@code pims.authentication.pincode}: resets, updates and verifies the PIN. */
@Path("/v1/authentication/pincode")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PinCodeResource {

    private final PinReset reset;
    private final PinUpdate update;
    private final PinProof proof;
    private final AttemptQueue attempts;
    private final Callers callers;

    PinCodeResource(PinReset reset, PinUpdate update, PinProof proof, AttemptQueue attempts, Callers callers) {
        this.reset = reset;
        this.update = update;
        this.proof = proof;
        this.attempts = attempts;
        this.callers = callers;
    }

    /**
     * A PIN to be verified.
     *
     * @param user the id of the user who gave it
     */
    public record Verification(String user, String pinCode) {

        @Override
        public String toString() {
            return "Verification[]";
        }
    }

    /** The result of a verification. */
    @RegisterForReflection
    public record Verified(@JsonProperty("isPinCodeValid") boolean isPinCodeValid) {}

    @PUT
    @Authenticated
    public Uni<Envelope> change(PinCodeChange body, @Context RoutingContext context) {
        Caller caller = callers.of(context);
        ApiException.requirePresent("action", body);
        body.validate();
        return (body.action().equals("reset") ? reset(caller, body) : update(caller, body))
                .replaceWith(() -> Envelope.succeeded(caller.requestId()));
    }

    private Uni<Void> reset(Caller caller, PinCodeChange body) {
        String smsCode = TypedCode.read(body.smsCode()).orElseThrow(() -> ApiException.invalid("smsCode"));
        return reset.reset(caller, smsCode, body.pinCode());
    }

    private Uni<Void> update(Caller caller, PinCodeChange body) {
        if (!TypedPin.isWellFormed(body.oldPIN())) {
            throw ApiException.invalid("oldPIN");
        }
        return update.update(caller, body.oldPIN(), body.newPIN());
    }

    /** Verifies a PIN for a backend that a driver gave it to. */
    @POST
    @Path("/verification")
    @RolesAllowed(Roles.PIN_VERIFIER)
    public Uni<Envelope> verify(Verification body, @Context RoutingContext context) {
        ApiException.requirePresent("user", body == null ? null : body.user());
        ApiException.requirePresent("pinCode", body.pinCode());
        if (!Driver.isUser(body.user())) {
            throw ApiException.invalid("user");
        }
        if (!TypedPin.isWellFormed(body.pinCode())) {
            throw ApiException.invalid("pinCode");
        }
        Caller backend = callers.of(context);
        PinAttempt attempt = PinAttempt.byBackend(backend, body.user(), body.pinCode());
        return attempts.ofBackend(backend.user(), body.user(), deadline -> proof.prove(attempt, deadline))
                .map(right -> Envelope.succeeded(backend.requestId(), new Verified(right)));
    }
}
