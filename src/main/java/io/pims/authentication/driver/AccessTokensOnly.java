package io.pims.authentication.driver;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwt.consumer.Validator;
import org.jose4j.jwx.HeaderParameterNames;

/**
 * Takes access tokens alone. An issuer signs others under the same keys, which may fit in audience and time: ID tokens
 * (OpenID Connect Core 1.0), refresh and logout tokens, answers as JWT. A token that says that it is another one is
 * refused, by the type of RFC 8725 (section 3.11) or by claims that only the others have.
 */
@Singleton
@Unremovable
public class AccessTokensOnly implements Validator {

    /** RFC 7519 and RFC 9068; {@code Bearer} is Keycloak's, within the claims. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "bearer");

    /** The types among them that nothing but an access token has. */
    private static final Set<String> ACCESS_TYPES = Set.of("at+jwt", "bearer");

    /** RFC 7515, section 4.1.9: may be left out. */
    private static final String MEDIA_TYPE = "application/";

    /** Hashes of what comes with an ID token, and the events of a logout token (RFC 8417). */
    private static final Set<String> OTHERS_CLAIMS = Set.of("at_hash", "c_hash", "s_hash", "events");

    /** Says in an ID token whose it is; Keycloak before 25 has it in access tokens too. */
    private static final String NONCE = "nonce";

    /** Amazon Cognito's. */
    private static final String USE = "token_use";

    /** Names the key that the sender has to prove (RFC 7800; RFC 8705, RFC 9449). */
    private static final String CONFIRMATION = "cnf";

    /** Returns the text of a {@link TokenFault}, or null for an access token. */
    @Override
    public String validate(JwtContext token) {
        if (token.getJwtClaims().hasClaim(CONFIRMATION)) {
            return TokenFault.BOUND.text();
        }
        return types(token).allMatch(type -> is(TYPES, type)) && !hasMarkOfAnother(token)
                ? null
                : TokenFault.ANOTHER_TYPE.text();
    }

    private static boolean hasMarkOfAnother(JwtContext token) {
        JwtClaims claims = token.getJwtClaims();
        return OTHERS_CLAIMS.stream().anyMatch(claims::hasClaim)
                || claims.hasClaim(USE) && !"access".equals(claims.getClaimValue(USE))
                || claims.hasClaim(NONCE) && types(token).noneMatch(type -> is(ACCESS_TYPES, type));
    }

    /** Returns what the headers and the claims give as {@code typ}. */
    private static Stream<Object> types(JwtContext token) {
        return Stream.concat(
                        token.getJoseObjects().stream()
                                .map(part -> part.getHeaders().getObjectHeaderValue(HeaderParameterNames.TYPE)),
                        Stream.of(token.getJwtClaims()).map(claims -> claims.getClaimValue(HeaderParameterNames.TYPE)))
                .filter(Objects::nonNull);
    }

    private static boolean is(Set<String> types, Object type) {
        if (!(type instanceof String text)) {
            return false;
        }
        String name = text.toLowerCase(Locale.ROOT);
        return types.contains(name.startsWith(MEDIA_TYPE) ? name.substring(MEDIA_TYPE.length()) : name);
    }
}
