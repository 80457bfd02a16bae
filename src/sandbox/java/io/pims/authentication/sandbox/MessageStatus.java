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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A receipt of the Messages API, and the token that vouches for it. An SMS that fails comes as {@code rejected}, as in
 * <a href="https://developer.vonage.com/en/messages/concepts/sms-status-callbacks">Vonage, SMS Status Callbacks</a>.
 */
record MessageStatus(Buffer body) {

    /**
     * The codes for an err-code of the SMS API, which Vonage documents in
     * <a href="https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts">Delivery receipts</a>, by the
     * meanings that <a href="https://developer.vonage.com/en/api-errors/messages">Messages API errors</a> has.
     */
    private static final Map<Integer, Integer> CODES = Map.ofEntries(
            Map.entry(2, 1180),
            Map.entry(3, 1190),
            Map.entry(4, 1240),
            Map.entry(5, 1200),
            Map.entry(6, 1210),
            Map.entry(7, 1220),
            Map.entry(8, 1230),
            Map.entry(11, 1250),
            Map.entry(12, 1260),
            Map.entry(13, 1270),
            Map.entry(14, 1280),
            Map.entry(15, 1290));

    private static final int UNKNOWN = 1330;

    /** @param error the err-code that the SMS API would tell; empty if it was delivered */
    static MessageStatus of(SubmittedSms sms, String messageId, Optional<Integer> error) {
        JsonObject status = new JsonObject()
                .put("message_uuid", messageId)
                .put("to", SubmittedSms.e164(sms.to()).substring(1))
                .put("from", sms.from())
                .put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("status", error.isPresent() ? "rejected" : "delivered")
                .put("channel", "sms")
                .put("usage", new JsonObject().put("currency", "EUR").put("price", "0.0333"))
                .put("destination", new JsonObject().put("network_code", "20801"));
        error.map(code -> CODES.getOrDefault(code, UNKNOWN))
                .ifPresent(code -> status.put(
                        "error",
                        new JsonObject()
                                .put("type", "https://developer.vonage.com/api-errors/messages#" + code)
                                .put("title", Integer.toString(code))
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
