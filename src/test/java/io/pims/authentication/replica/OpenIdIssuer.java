package io.pims.authentication.replica;

import com.sun.net.httpserver.HttpServer;
import io.pims.authentication.sandbox.FreePort;
import io.pims.authentication.sandbox.UsedSecrets;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * An OpenID Connect issuer as far as a resource server sees one: discovery document and key set. Tokens are put
 * together by hand, because a test needs those too that no library would make.
 */
public final class OpenIdIssuer implements AutoCloseable {

    public static final String AUDIENCE = "pims-authentication";

    static final String KEY_ID = "the-only-one";
    private static final long LIFE_S = 3_600;

    private final int port = FreePort.find();
    private volatile KeyPair keys = newKeys();
    private volatile String keyId = KEY_ID;
    private final Queue<String> requested = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + port;
    }

    /** Back at the same address after a {@link #close()}. */
    public OpenIdIssuer open() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serve(
                "/.well-known/openid-configuration",
                bulky().put("issuer", issuer())
                        .put("jwks_uri", issuer() + "/keys")
                        .put("authorization_endpoint", issuer() + "/authorize")
                        .put("token_endpoint", issuer() + "/token")
                        .put("introspection_endpoint", issuer() + "/introspect"));
        serve("/introspect", new JsonObject().put("active", true));
        serve("/keys", () -> bulky().put("keys", JsonArray.of(publicKey())));
        server.start();
        return this;
    }

    /** What nobody asks about, of sizes that no body of ours would have: real documents hold such things too. */
    private static JsonObject bulky() {
        JsonObject deep = new JsonObject();
        for (int level = 0; level < 20; level++) {
            deep = new JsonObject().put("level", deep);
        }
        return new JsonObject()
                .put("https://issuer.example/" + "long-name/".repeat(20), true)
                .put("policy", "x".repeat(10_000))
                .put("deep", deep);
    }

    /** How often a path was asked for. */
    long requests(String path) {
        return requested.stream().filter(path::equals).count();
    }

    /** Has another key from now on, and publishes that one alone. */
    void rotate() {
        keys = newKeys();
        keyId = "number-" + UUID.randomUUID();
    }

    private void serve(String path, JsonObject document) {
        serve(path, () -> document);
    }

    private void serve(String path, Supplier<JsonObject> document) {
        server.createContext(path, exchange -> {
            requested.add(path);
            byte[] body = document.get().encode().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private JsonObject publicKey() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return bulky().put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", keyId)
                .put("n", base64Url(unsigned(key.getModulus())))
                .put("e", base64Url(unsigned(key.getPublicExponent())));
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    /** What everybody may know. */
    PublicKey key() {
        return keys.getPublic();
    }

    /** The claims of a valid token, for a test to spoil. */
    JsonObject claims(String user) {
        long now = Instant.now().getEpochSecond();
        return new JsonObject()
                .put("iss", issuer())
                .put("sub", user)
                .put("aud", AUDIENCE)
                .put("iat", now)
                .put("exp", now + LIFE_S);
    }

    public String token(String user) {
        return token(claims(user));
    }

    /** A token of somebody who has a role. */
    public String token(String user, String role) {
        return token(claims(user).put("groups", JsonArray.of(role)));
    }

    String token(JsonObject claims) {
        return token(claims, keyId, keys);
    }

    /** A token that names this issuer's first key, whatever key it is signed by. */
    static String token(JsonObject claims, KeyPair signedBy) {
        return token(claims, KEY_ID, signedBy);
    }

    private static String token(JsonObject claims, String keyId, KeyPair signedBy) {
        String content = part(header("RS256", keyId)) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signedBy.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            String token = content + "." + base64Url(signature.sign());
            UsedSecrets.note(token);
            return token;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** RFC 7519, section 6: algorithm "none" and an empty signature. */
    static String unsecured(JsonObject claims) {
        return part(header("none", KEY_ID)) + "." + part(claims) + ".";
    }

    private static JsonObject header(String algorithm, String keyId) {
        return new JsonObject().put("alg", algorithm).put("typ", "JWT").put("kid", keyId);
    }

    private static String part(JsonObject json) {
        return base64Url(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }
}
