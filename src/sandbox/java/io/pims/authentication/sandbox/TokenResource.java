package io.pims.authentication.sandbox;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/sandbox/token")
@PermitAll
@IfBuildProfile(anyOf = {"dev", "test"})
public class TokenResource {

    private static final int MAX_LENGTH = 255;
    static final String NAME = "1 to " + MAX_LENGTH + " visible characters, without blanks";

    private final ThrowawayIssuer issuer;

    TokenResource(ThrowawayIssuer issuer) {
        this.issuer = issuer;
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(hidden = true)
    public Response token(
            @RestQuery Optional<String> user, @RestQuery Optional<String> role, @RestQuery Optional<String> brand) {
        if (user.isEmpty()) {
            return BadRequest.because("user is missing");
        }
        if (!isName(user) || !isName(role) || !isName(brand)) {
            return BadRequest.because("user, role and brand are " + NAME);
        }
        return Response.ok(issuer.token(user.get(), role, brand)).build();
    }

    private static boolean isName(Optional<String> given) {
        return given.map(TokenResource::isName).orElse(true);
    }

    static boolean isName(String given) {
        return !given.isEmpty()
                && given.length() <= MAX_LENGTH
                && given.codePoints().allMatch(TokenResource::isVisible);
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
