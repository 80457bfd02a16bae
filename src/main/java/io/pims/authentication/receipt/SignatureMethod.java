package io.pims.authentication.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The ways of signing that Vonage knows and we take. */
public enum SignatureMethod {
    HMAC_SHA256 {
        @Override
        byte[] sign(String text, String secret) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        }
    },

    /** The default of older accounts: MD5 over the text with the secret behind it. */
    MD5_HASH {
        @Override
        byte[] sign(String text, String secret) throws GeneralSecurityException {
            return MessageDigest.getInstance("MD5").digest((text + secret).getBytes(UTF_8));
        }
    };

    abstract byte[] sign(String text, String secret) throws GeneralSecurityException;
}
