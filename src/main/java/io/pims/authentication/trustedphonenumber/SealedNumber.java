package io.pims.authentication.trustedphonenumber;

/**
 * A phone number as it is stored.
 *
 * @param ciphertext nonce, ciphertext and tag
 * @param keyId the key it is sealed under
 * @param hash keyed hash for equality and limits, 32 bytes
 * @param destination where SMS to it go
 */
public record SealedNumber(byte[] ciphertext, String keyId, byte[] hash, Destination destination) {

    /** Of which nobody needs to know where it is. */
    public SealedNumber(byte[] ciphertext, String keyId, byte[] hash) {
        this(ciphertext, keyId, hash, Destination.UNKNOWN);
    }

    @Override
    public String toString() {
        return "SealedNumber[keyId=" + keyId + "]";
    }
}
