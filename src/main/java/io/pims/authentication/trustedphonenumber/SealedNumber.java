package io.pims.authentication.trustedphonenumber;

import io.vertx.mutiny.sqlclient.Row;

/**
 * A phone number as it is stored.
 *
 * @param ciphertext nonce, ciphertext and tag
 * @param keyId the id of the key that it is sealed under
 * @param hash keyed hash for equality and limits, 32 bytes
 * @param destination of SMS to it
 */
public record SealedNumber(byte[] ciphertext, String keyId, byte[] hash, Destination destination) {

    /** Makes a number whose destination nobody needs, as it is only opened or compared. */
    public SealedNumber(byte[] ciphertext, String keyId, byte[] hash) {
        this(ciphertext, keyId, hash, Destination.UNKNOWN);
    }

    /** Reads the columns {@code number}, {@code number_key_id} and {@code number_hash}. */
    public static SealedNumber of(Row row) {
        return new SealedNumber(
                row.getBuffer("number").getBytes(),
                row.getString("number_key_id"),
                row.getBuffer("number_hash").getBytes());
    }

    @Override
    public String toString() {
        return "SealedNumber[keyId=" + keyId + "]";
    }
}
