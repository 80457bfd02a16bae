package io.pims.authentication.driver;

import io.pims.authentication.message.ApiException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Reads the driver from a token whose signature, issuer, audience and expiry have been checked. */
@ApplicationScoped
public class Drivers {

    private final TokenConfig config;
    private final JsonWebToken token;

    /** @param token that of the request at hand */
    public Drivers(TokenConfig config, JsonWebToken token) {
        this.config = config;
        this.token = token;
    }

    /**
     * The driver who sent the request at hand.
     *
     * @throws ApiException 401 if the token has no usable {@code sub}
     */
    public Driver current() {
        String subject = token.getSubject();
        if (!Driver.isUser(subject)) {
            throw unusableToken();
        }
        return new Driver(subject, text(config.brandClaim()), text(config.regionClaim()));
    }

    /** RFC 6750, section 3.1. */
    static ApiException unusableToken() {
        return ApiException.invalid("Authorization", 401).header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    private Optional<String> text(String claim) {
        Object value = token.getClaim(claim);
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
