package io.pims.authentication.pincode;

/**
 * A PIN as it is stored.
 *
 * @param phc parameters, salt and hash as a PHC string, about 100 characters; see {@link PinHash}
 * @param pepperId the pepper that the PIN was keyed with
 */
public record HashedPin(String phc, String pepperId) {

    @Override
    public String toString() {
        return "HashedPin[pepperId=" + pepperId + "]";
    }
}
