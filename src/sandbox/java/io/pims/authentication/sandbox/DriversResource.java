package io.pims.authentication.sandbox;

import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** Gives a driver a certified number at once, which elsewhere takes an SMS. */
@Path("/sandbox/drivers/{name}")
@PermitAll
@IfBuildProfile(anyOf = {"dev", "test"})
public class DriversResource {

    /** @param phoneNumber in E.164 form */
    public record Certification(String phoneNumber) {}

    private final CertifiedNumbers numbers;

    DriversResource(CertifiedNumbers numbers) {
        this.numbers = numbers;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Response> certify(@RestPath String name, Certification certification) {
        PhoneNumber number;
        try {
            number = new PhoneNumber(certification.phoneNumber());
        } catch (IllegalArgumentException | NullPointerException notE164) {
            return Uni.createFrom().item(BadRequest.because("phoneNumber is a text such as \"+33612345678\""));
        }
        return numbers.certify(name, number)
                .replaceWith(() -> Response.noContent().build());
    }
}
