package io.pims.authentication.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pims.authentication.configuration.WrongSetting;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The symmetric signature of <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a>: HMAC-SHA-256 over id, timestamp and body, with dots between, by each secret.
 */
public final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST_BYTES = 24;
    private static final int LONGEST_BYTES = 64;

    private final List<SecretKey> keys;

    /**
     * @param setting the name of the setting that has the secrets
     * @throws WrongSetting if one is malformed; does not repeat it
     */
    public WebhookSignature(String setting, List<String> secrets) {
        keys = secrets.stream().map(secret -> key(setting, secret)).toList();
    }

    private static SecretKey key(String setting, String secret) {
        try {
            byte[] bytes = secret.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                    : new byte[0];
            if (bytes.length >= SHORTEST_BYTES && bytes.length <= LONGEST_BYTES) {
                return new SecretKeySpec(bytes, ALGORITHM);
            }
        } catch (IllegalArgumentException noBase64) {
            // Told below.
        }
        throw new WrongSetting(
                setting,
                "has a secret that is not %s and the Base64 of %d to %d bytes"
                        .formatted(PREFIX, SHORTEST_BYTES, LONGEST_BYTES));
    }

    /** Returns the value of the header {@code webhook-signature}. */
    public String of(String id, Instant at, String body) {
        byte[] signed = (id + '.' + at.getEpochSecond() + '.' + body).getBytes(UTF_8);
        return keys.stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(hmac(key, signed)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] hmac(SecretKey key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(signed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
