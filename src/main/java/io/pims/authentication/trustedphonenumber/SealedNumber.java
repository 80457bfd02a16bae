package io.pims.authentication.trustedphonenumber;

/**
 * A phone number as it is stored.
 *
 * @param ciphertext nonce, ciphertext and tag
 * @param keyId the key it is sealed under
 * @param hash keyed hash for equality and limits, 32 bytes
 */
public record SealedNumber(byte[] ciphertext, String keyId, byte[] hash) {

    @Override
    public String toString() {
        return "SealedNumber[keyId=" + keyId + "]";
    }
}
