package io.pims.authentication.driver;

import io.pims.authentication.message.ApiException;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;

/** Reads the driver from a token whose signature, issuer, audience and expiry have been checked. */
@ApplicationScoped
public class Drivers {

    private final TokenConfig config;
    private final SecurityIdentity identity;

    /** @param identity that of the request at hand */
    public Drivers(TokenConfig config, SecurityIdentity identity) {
        this.config = config;
        this.identity = identity;
    }

    /**
     * The driver who sent the request at hand.
     *
     * @throws ApiException 401 if the token has no usable {@code sub}
     */
    public Driver current() {
        // JsonWebToken.getClaim throws, and catches, an exception for each claim that no standard names.
        JwtClaims claims = ((OidcJwtCallerPrincipal) identity.getPrincipal()).getClaims();
        String subject = text(claims, "sub").filter(Driver::isUser).orElseThrow(Drivers::unusableToken);
        return new Driver(subject, text(claims, config.brandClaim()), text(claims, config.regionClaim()));
    }

    /** RFC 6750, section 3.1. */
    static ApiException unusableToken() {
        return ApiException.invalid("Authorization", 401).header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    private static Optional<String> text(JwtClaims claims, String claim) {
        return claims.getClaimValue(claim) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
