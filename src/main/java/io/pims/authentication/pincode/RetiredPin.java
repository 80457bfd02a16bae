package io.pims.authentication.pincode;

import java.time.Instant;

/**
 * A PIN that was taken off file, as it was there.
 *
 * @param hash Argon2id in PHC form
 * @param pepperId the id of the pepper that it is hashed with
 * @param failures wrong tries in a row
 */
public record RetiredPin(String hash, String pepperId, int failures, Instant changedAt) {

    @Override
    public String toString() {
        return "RetiredPin[pepperId=" + pepperId + "]";
    }
}
