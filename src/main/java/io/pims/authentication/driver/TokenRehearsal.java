package io.pims.authentication.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pims.authentication.readiness.Rehearsal;
import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Set;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

/**
 * Checks a token by all rules of the real check but under a key of its own, made for this, which no request is ever checked
 * by.
 */
@Singleton
@Unremovable
class TokenRehearsal implements Rehearsal {

    private static final int KEY_BITS = 2_048;
    private static final int AT_ONCE = 10;

    /** Longer than any warm-up. */
    private static final float MINUTES = 10;

    private final TokenConfig config;
    private final TenantConfigBean issuers;
    private final TokenClaims claims;
    private OidcProvider check;
    private String token;

    TokenRehearsal(TokenConfig config, TenantConfigBean issuers, TokenClaims claims) {
        this.config = config;
        this.issuers = issuers;
        this.claims = claims;
    }

    @Override
    public Uni<Void> once() {
        try {
            if (check == null) {
                prepare();
            }
            for (int each = 0; each < AT_ONCE; each++) {
                check.verifyJwtToken(token, false, false, null);
                claims.read(JwtClaims.parse(payload()), Set.of());
            }
            return Uni.createFrom().voidItem();
        } catch (GeneralSecurityException | JoseException | InvalidJwtException failure) {
            return Uni.createFrom().failure(failure);
        }
    }

    private String payload() {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8);
    }

    private void prepare() throws GeneralSecurityException, JoseException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        KeyPair keys = generator.generateKeyPair();
        JwtClaims own = new JwtClaims();
        own.setIssuer(config.issuer());
        own.setAudience(config.audience());
        own.setSubject("rehearsal");
        own.setIssuedAtToNow();
        own.setExpirationTimeMinutesInTheFuture(MINUTES);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(own.toJson());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setKey(keys.getPrivate());
        token = signature.getCompactSerialization();
        check = new OidcProvider(
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
                issuers.getDefaultTenant().oidcConfig());
    }
}
