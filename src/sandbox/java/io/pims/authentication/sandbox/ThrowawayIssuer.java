package io.pims.authentication.sandbox;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Stands in for the company's identity provider. Its key is made on the spot and kept in the sandbox's folder, so
 * that a token somebody pasted into a shell survives a restart.
 */
public final class ThrowawayIssuer {

    public static final String ISSUER = "https://sandbox.invalid";
    public static final String AUDIENCE = "pims-authentication";

    static final Duration LIFE = Duration.ofHours(8);

    private final RSAPrivateCrtKey key;

    private ThrowawayIssuer(RSAPrivateCrtKey key) {
        this.key = key;
    }

    static ThrowawayIssuer withKeyIn(Path folder) {
        Path file = folder.resolve("token-key.pkcs8");
        try {
            if (!Files.exists(file)) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                Files.createDirectories(folder);
                Files.write(file, generator.generateKeyPair().getPrivate().getEncoded());
            }
            PrivateKey key =
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file)));
            return new ThrowawayIssuer((RSAPrivateCrtKey) key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Not a key, delete it and start again: " + file, e);
        }
    }

    /** The claims of a valid token, for a test to spoil. */
    public JwtClaimsBuilder claims(String user) {
        return Jwt.claims().subject(user).issuer(ISSUER).audience(AUDIENCE).expiresIn(LIFE);
    }

    public String sign(JwtClaimsBuilder claims) {
        String token = claims.jws().sign(key);
        UsedSecrets.note(token);
        return token;
    }

    public String token(String user) {
        return sign(claims(user));
    }

    public String token(String user, Optional<String> role, Optional<String> brand) {
        JwtClaimsBuilder claims = claims(user);
        role.ifPresent(name -> claims.groups(Set.of(name)));
        brand.ifPresent(name -> claims.claim("brand", name));
        return sign(claims);
    }

    /** X.509 in Base64, as {@code quarkus.oidc.public-key} takes it. */
    String publicKey() {
        return Base64.getEncoder().encodeToString(keys().getPublic().getEncoded());
    }

    /** For a test that puts a token together by hand. */
    public KeyPair keys() {
        try {
            RSAPublicKeySpec numbers = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
            return new KeyPair(KeyFactory.getInstance("RSA").generatePublic(numbers), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
