package io.pims.authentication.trustedphonenumber;

import io.smallrye.config.ConfigMapping;
import java.util.List;

/** The keys under which phone numbers are stored, so that a stolen dump holds none. */
@ConfigMapping(prefix = "pims.trustedphonenumber")
public interface NumberVaultConfig {

    /**
     * AES-256 keys as {@code id:base64}, the first one for what is new. Taking a key out makes the numbers under it
     * unreadable: their owners have to certify them again.
     */
    List<String> encryptionKeys();

    /**
     * HMAC-SHA-256 key as {@code id:base64}, exactly one. With another one no stored number is recognised any more, and all
     * limits by number and address start anew.
     */
    String hashKey();
}
