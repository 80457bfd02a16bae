package io.pims.authentication.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import io.pims.authentication.sandbox.FakeVonage;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A receipt of the Messages API as Vonage documents it, signed at the present time by the library that Vonage's SDK
 * checks such tokens with, and not by ours.
 */
public final class SignedMessageStatus {

    private final JsonObject body = new JsonObject()
            .put("message_uuid", "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab")
            .put("to", "33612345678")
            .put("from", "PIMS")
            .put("timestamp", "2026-11-24T12:29:37.000Z")
            .put("status", "delivered")
            .put("client_ref", UUID.randomUUID().toString())
            .put("channel", "sms")
            .put("usage", new JsonObject().put("currency", "EUR").put("price", "0.0333"))
            .put("destination", new JsonObject().put("network_code", "20801"))
            .put("sms", new JsonObject().put("count_total", "1"));

    public static SignedMessageStatus about(UUID transaction, String status) {
        return new SignedMessageStatus()
                .with("client_ref", transaction.toString())
                .with("status", status);
    }

    public SignedMessageStatus with(String name, Object value) {
        body.put(name, value);
        return this;
    }

    SignedMessageStatus without(String name) {
        body.remove(name);
        return this;
    }

    /** As Vonage tells what went wrong: the code is the title. */
    SignedMessageStatus withError(int code) {
        return with(
                "error",
                new JsonObject()
                        .put("type", "https://developer.vonage.com/api-errors/messages#" + code)
                        .put("title", code)
                        .put("detail", "Not delivered to 33612345678")
                        .put("instance", "bf0ca0bf927b3b52e3cb03217e1a1ddf"));
    }

    public String body() {
        return body.encode();
    }

    public String authorization() {
        return authorization(body());
    }

    /** What Vonage sends with such a body. */
    public static String authorization(String body) {
        return "Bearer " + token(claims(body), FakeVonage.SIGNATURE_SECRET);
    }

    static JWTCreator.Builder claims(String body) {
        return JWT.create()
                .withIssuer("Vonage")
                .withIssuedAt(Instant.now())
                .withJWTId(UUID.randomUUID().toString())
                .withClaim("payload_hash", hash(body.getBytes(UTF_8)))
                .withClaim("api_key", "abcd1234")
                .withClaim("application_id", "5f0c1e6a-1111-4222-8333-944445555666");
    }

    static String token(JWTCreator.Builder claims, String secret) {
        return claims.sign(Algorithm.HMAC256(secret));
    }

    static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
