package io.pims.authentication.driver;

import io.pims.authentication.http.ApiException;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import org.jose4j.jwt.JwtClaims;

/** Reads the driver from a token whose signature, issuer, audience and expiry have been checked. */
@ApplicationScoped
public class Drivers {

    private final TokenConfig config;
    private final SecurityIdentity identity;

    /** @param identity of the current request */
    public Drivers(TokenConfig config, SecurityIdentity identity) {
        this.config = config;
        this.identity = identity;
    }

    /**
     * Returns the driver who sent the current request.
     *
     * @throws ApiException 401 if the token has no usable {@code sub}
     */
    public Driver current() {
        // JsonWebToken.getClaim throws, and catches, an exception for each claim that no standard names.
        JwtClaims claims = ((OidcJwtCallerPrincipal) identity.getPrincipal()).getClaims();
        if (!(claims.getClaimValue("sub") instanceof String subject) || !Driver.isUser(subject)) {
            throw RefusedTokens.unusable(TokenFault.NO_SUBJECT.text());
        }
        return new Driver(
                subject,
                TextClaim.of(claims.getClaimValue(config.brandClaim())),
                HomeRegion.of(claims.getClaimValue(config.regionClaim())));
    }
}
