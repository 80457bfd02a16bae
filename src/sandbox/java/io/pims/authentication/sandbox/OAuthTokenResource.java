package io.pims.authentication.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;

/**
 * The token endpoint of OAuth 2.0 (RFC 6749, section 4.3) for tools that know how to ask one: a token for whoever is
 * named, with any password. The scopes are the roles.
 */
@Path(OAuthTokenResource.PATH)
@PermitAll
@IfBuildProfile(anyOf = {"dev", "test"})
public class OAuthTokenResource {

    static final String PATH = "/sandbox/oauth/token";

    private static final int MOST_SCOPES = 8;

    /** @param expiresIn seconds */
    public record Grant(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn,
            String scope) {}

    /** RFC 6749, section 5.2. */
    public record Refusal(
            String error, @JsonProperty("error_description") String description) {}

    private final ThrowawayIssuer issuer;

    OAuthTokenResource(ThrowawayIssuer issuer) {
        this.issuer = issuer;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Response token(
            @RestForm("grant_type") Optional<String> grantType,
            @RestForm Optional<String> username,
            @RestForm Optional<String> scope) {
        if (!grantType.equals(Optional.of("password"))) {
            return refused("unsupported_grant_type", "grant_type is password");
        }
        if (username.filter(TokenResource::isName).isEmpty()) {
            return refused("invalid_request", "username is " + TokenResource.NAME);
        }
        Set<String> roles = scope.stream()
                .flatMap(scopes -> Stream.of(scopes.split(" ")))
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toSet());
        if (roles.size() > MOST_SCOPES || !roles.stream().allMatch(TokenResource::isName)) {
            return refused("invalid_scope", "scope is up to " + MOST_SCOPES + " roles");
        }
        String token = issuer.sign(issuer.claims(username.get()).groups(roles));
        return Response.ok(new Grant(token, "Bearer", ThrowawayIssuer.LIFE.toSeconds(), String.join(" ", roles)))
                .build();
    }

    private static Response refused(String error, String description) {
        return Response.status(Response.Status.BAD_REQUEST)
                .entity(new Refusal(error, description))
                .build();
    }
}
