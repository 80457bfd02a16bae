package io.pims.authentication.driver;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwt.consumer.Validator;
import org.jose4j.jwx.HeaderParameterNames;

/**
 * Takes tokens for access by themselves alone. An issuer signs others under the same keys, which may fit in audience and
 * time: ID tokens (OpenID Connect Core 1.0), refresh and logout tokens, answers as JWT. What says that it is something
 * else is refused, by the type of RFC 8725 (section 3.11) or by claims that only the others have.
 */
@Singleton
@Unremovable
public class AccessTokensOnly implements Validator {

    /** RFC 7519 and RFC 9068; {@code Bearer} is Keycloak's, within the claims. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "bearer");

    /** Those of them that nothing but an access token has. */
    private static final Set<String> ACCESS_TYPES = Set.of("at+jwt", "bearer");

    /** RFC 7515, section 4.1.9: may be left out. */
    private static final String MEDIA_TYPE = "application/";

    /** Hashes of what comes with an ID token, and the events of a logout token (RFC 8417). */
    private static final Set<String> OTHERS_CLAIMS = Set.of("at_hash", "c_hash", "s_hash", "events");

    /** Says in an ID token whose it is; Keycloak before 25 has it in access tokens too. */
    private static final String NONCE = "nonce";

    /** Amazon Cognito's. */
    private static final String USE = "token_use";

    private static final String TYPE = HeaderParameterNames.TYPE;

    /** Names the key that the sender has to prove (RFC 7800; RFC 8705, RFC 9449). */
    private static final String CONFIRMATION = "cnf";

    /** @return what is wrong with the token, as {@link TokenFault} says it, or null */
    @Override
    public String validate(JwtContext token) {
        return fault(token).map(TokenFault::text).orElse(null);
    }

    private static Optional<TokenFault> fault(JwtContext token) {
        JwtClaims claims = token.getJwtClaims();
        if (claims.hasClaim(CONFIRMATION)) {
            return Optional.of(TokenFault.BOUND);
        }
        boolean typed = token.getJoseObjects().stream()
                        .map(part -> part.getHeaders().getObjectHeaderValue(TYPE))
                        .allMatch(type -> type == null || is(TYPES, type))
                && (!claims.hasClaim(TYPE) || is(TYPES, claims.getClaimValue(TYPE)));
        return typed && !hasMarkOfAnother(token) ? Optional.empty() : Optional.of(TokenFault.ANOTHER_TYPE);
    }

    private static boolean hasMarkOfAnother(JwtContext token) {
        JwtClaims claims = token.getJwtClaims();
        return OTHERS_CLAIMS.stream().anyMatch(claims::hasClaim)
                || claims.hasClaim(USE) && !"access".equals(claims.getClaimValue(USE))
                || claims.hasClaim(NONCE) && !saysThatItIsForAccess(token);
    }

    private static boolean saysThatItIsForAccess(JwtContext token) {
        return is(ACCESS_TYPES, token.getJwtClaims().getClaimValue(TYPE))
                || token.getJoseObjects().stream()
                        .anyMatch(part -> is(ACCESS_TYPES, part.getHeaders().getObjectHeaderValue(TYPE)));
    }

    private static boolean is(Set<String> types, Object type) {
        if (!(type instanceof String text)) {
            return false;
        }
        String name = text.toLowerCase(Locale.ROOT);
        return types.contains(name.startsWith(MEDIA_TYPE) ? name.substring(MEDIA_TYPE.length()) : name);
    }
}
