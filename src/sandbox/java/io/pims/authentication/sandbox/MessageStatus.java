package io.pims.authentication.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receipt of the Messages API, and the token that vouches for it. */
record MessageStatus(Buffer body) {

    /** @param error code of what went wrong, added to 1000; empty if it was delivered */
    static MessageStatus of(SubmittedSms sms, String messageId, Optional<Integer> error) {
        JsonObject status = new JsonObject()
                .put("message_uuid", messageId)
                .put("to", SubmittedSms.e164(sms.to()).substring(1))
                .put("from", sms.from())
                .put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("status", error.isPresent() ? "undeliverable" : "delivered")
                .put("channel", "sms")
                .put("usage", new JsonObject().put("currency", "EUR").put("price", "0.0333"))
                .put("destination", new JsonObject().put("network_code", "20801"));
        error.ifPresent(code -> status.put(
                "error",
                new JsonObject()
                        .put("type", "https://developer.vonage.com/api-errors/messages#" + (1000 + code))
                        .put("title", Integer.toString(1000 + code))
                        .put("detail", "Failed in the sandbox")
                        .put("instance", messageId)));
        if (!sms.clientRef().isEmpty()) {
            status.put("client_ref", sms.clientRef());
        }
        return new MessageStatus(status.toBuffer());
    }

    /** Written by hand, so that it and the service's library hold each other to the standard. */
    String token() {
        JsonObject claims = new JsonObject()
                .put("iat", Instant.now().getEpochSecond())
                .put("jti", UUID.randomUUID().toString())
                .put("iss", "Vonage")
                .put("payload_hash", hash())
                .put("api_key", FakeVonage.API_KEY)
                .put("application_id", SandboxApplication.ID);
        String signed = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + encoded(claims.encode().getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(FakeVonage.SIGNATURE_SECRET.getBytes(UTF_8), "HmacSHA256"));
            return signed + "." + encoded(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
