package io.pims.authentication.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/**
 * The application at the fake Vonage that signs requests of the Messages API. Its key is made anew in each JVM: a
 * service in another process takes key and secret of the account.
 */
public final class SandboxApplication {

    public static final String ID = "0d6a3f6e-5a4d-4c5a-9a3b-5a4db0c55a4d";

    private static final long WINDOW_S = 900;
    private static final KeyPair KEYS = keys();

    private SandboxApplication() {}

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the private key as Vonage hands it out, in PEM. */
    public static String privateKey() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** Returns true if a request brings a JWT of this application, signed by RS256 in the last minutes. */
    static boolean signed(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        String[] parts = authorization == null ? new String[0] : authorization.split("[ .]");
        if (parts.length != 4 || !parts[0].equals("Bearer")) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KEYS.getPublic());
            signature.update((parts[1] + "." + parts[2]).getBytes(UTF_8));
            JsonObject header = json(parts[1]);
            JsonObject claims = json(parts[2]);
            return signature.verify(Base64.getUrlDecoder().decode(parts[3]))
                    && "RS256".equals(header.getString("alg"))
                    && ID.equals(claims.getString("application_id"))
                    && Math.abs(Instant.now().getEpochSecond() - claims.getLong("iat", 0L)) < WINDOW_S;
        } catch (GeneralSecurityException | RuntimeException none) {
            return false;
        }
    }

    private static JsonObject json(String part) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part), UTF_8));
    }
}
