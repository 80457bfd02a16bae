package io.pims.authentication.driver;

import io.pims.authentication.http.ApiException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

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
        JsonWebToken token = (JsonWebToken) identity.getPrincipal();
        if (!(token.getClaim("sub") instanceof String subject) || !Driver.isUser(subject)) {
            throw RefusedTokens.unusable(TokenFault.NO_SUBJECT.text());
        }
        return new Driver(
                subject,
                TextClaim.of(token.getClaim(config.brandClaim())),
                HomeRegion.of(token.getClaim(config.regionClaim())));
    }
}
