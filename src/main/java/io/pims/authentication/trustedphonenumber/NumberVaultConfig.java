package io.pims.authentication.trustedphonenumber;

import io.smallrye.config.ConfigMapping;
import java.util.List;

/** The keys under which phone numbers are stored, so that a stolen dump holds none. */
@ConfigMapping(prefix = "pims.trustedphonenumber")
public interface NumberVaultConfig {

    /**
     * AES-256 keys that numbers are encrypted under, {@code id:base64}, 32 bytes each: {@code keys.md}. The first one
     * is for what is new, and what is under the others is encrypted anew under it. Numbers under a key that is taken out
     * can't be read: their owners have to certify them again.
     */
    List<String> encryptionKeys();

    /**
     * The one HMAC-SHA-256 key that numbers and addresses are hashed under, {@code id:base64}, 32 bytes:
     * {@code keys.md}. It can't be changed: no stored number would equal its own again, and limits by number and
     * address would start afresh.
     */
    String hashKey();
}
