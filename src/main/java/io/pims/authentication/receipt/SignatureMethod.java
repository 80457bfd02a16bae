package io.pims.authentication.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature methods of Vonage that are accepted here. */
public enum SignatureMethod {
    HMAC_SHA256 {
        @Override
        byte[] sign(String text, String secret) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        }
    },

    /** The default of older accounts: MD5 over the text followed by the secret. */
    MD5_HASH {
        @Override
        byte[] sign(String text, String secret) throws GeneralSecurityException {
            return MessageDigest.getInstance("MD5").digest((text + secret).getBytes(UTF_8));
        }
    };

    abstract byte[] sign(String text, String secret) throws GeneralSecurityException;
}
