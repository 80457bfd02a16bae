package io.pims.authentication.transaction;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * A client's promise that requests with this key are one request.
 *
 * @param key unique for its user
 * @param type the type of code asked for; the same key for another type is an error
 * @param numberHash the keyed hash of the number asked for; another number is an error too. Empty for the number on file
 */
public record Idempotency(String key, String type, Optional<byte[]> numberHash) {

    /**
     * Returns the SHA-256 of the type alone. Nothing reads it: replicas of the release before fail where it is missing.
     * It goes with its column in the next release.
     */
    byte[] fingerprint() {
        try {
            return MessageDigest.getInstance("SHA-256").digest((type + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
