package io.pims.authentication.driver;

import io.quarkus.security.AuthenticationFailedException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Reads a token whose signature, issuer, audience and times have been checked. */
@Singleton
class TokenClaims {

    /** The end of the year 9999: an issuer may write any number. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final TokenConfig config;
    private final Duration leeway;
    private final Optional<Duration> longestAge;

    /**
     * @param leewaySeconds for which the check of tokens takes one after its end
     * @param longestAge from {@code iat} on, for which it takes one
     */
    TokenClaims(
            TokenConfig config,
            @ConfigProperty(name = "quarkus.oidc.token.lifespan-grace", defaultValue = "0") int leewaySeconds,
            @ConfigProperty(name = "quarkus.oidc.token.age") Optional<Duration> longestAge) {
        this.config = config;
        this.leeway = Duration.ofSeconds(leewaySeconds);
        this.longestAge = longestAge;
    }

    /**
     * Returns what is read of a token.
     *
     * @param roles all that it has
     * @throws AuthenticationFailedException if it has no usable {@code sub}
     */
    CheckedToken read(JwtClaims claims, Set<String> roles) {
        Set<String> known = new HashSet<>(roles);
        known.retainAll(Roles.ALL);
        return new CheckedToken(driver(claims), Set.copyOf(known), end(claims));
    }

    private Driver driver(JwtClaims claims) {
        if (!(claims.getClaimValue("sub") instanceof String subject) || !Driver.isUser(subject)) {
            String text = TokenFault.NO_SUBJECT.text();
            throw new AuthenticationFailedException(new InvalidJwtException(
                    text, List.of(new ErrorCodeValidator.Error(ErrorCodes.SUBJECT_INVALID, text)), null));
        }
        return new Driver(
                subject,
                TextClaim.of(claims.getClaimValue(config.brandClaim())),
                HomeRegion.of(claims.getClaimValue(config.regionClaim())));
    }

    private Instant end(JwtClaims claims) {
        Instant expiry = second(claims, "exp");
        Instant tooOld = longestAge.map(second(claims, "iat")::plus).orElse(expiry);
        return (tooOld.isBefore(expiry) ? tooOld : expiry).plus(leeway);
    }

    /** A token without it is at its end: so it is checked each time. */
    private static Instant second(JwtClaims claims, String name) {
        return claims.getClaimValue(name) instanceof Number seconds
                ? Instant.ofEpochSecond(Math.max(0, Math.min(LAST_SECOND, seconds.longValue())))
                : Instant.EPOCH;
    }
}
