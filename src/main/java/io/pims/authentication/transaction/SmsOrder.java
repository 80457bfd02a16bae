package io.pims.authentication.transaction;

import java.util.Optional;

/**
 * The SMS that a transaction is about. Neither the number nor the code is in it in clear.
 *
 * @param type the type of the code, as the API names it, or of the notice
 * @param number the sealed phone number, which only its user opens
 * @param numberKeyId the key that it is sealed under
 * @param numberHash its keyed hash
 * @param code the code in it; empty for a notice
 * @param language ISO 639-1
 */
public record SmsOrder(
        String user,
        String type,
        byte[] number,
        String numberKeyId,
        byte[] numberHash,
        Optional<CodeReference> code,
        String language,
        String brand) {

    @Override
    public String toString() {
        return "SmsOrder[type=" + type + ", language=" + language + ", brand=" + brand + "]";
    }
}
