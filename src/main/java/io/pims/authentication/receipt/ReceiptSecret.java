package io.pims.authentication.receipt;

import java.time.Duration;

/**
 * A secret that receipts may be signed with.
 *
 * @param road the name of the road whose account it is of
 * @param method of the SMS API's receipts
 * @param window how far a receipt's time may be from now
 */
record ReceiptSecret(String road, String secret, SignatureMethod method, Duration window) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "ReceiptSecret";
    }
}
