package io.pims.authentication.transaction;

import java.time.Instant;
import java.util.UUID;

/**
 * The SMS that a transaction is about. Neither the number nor the code is in it in clear.
 *
 * @param type the type of the code, as the API names it
 * @param number the sealed phone number, which only its user opens
 * @param numberKeyId the key that it is sealed under
 * @param numberHash its keyed hash
 * @param codeId what the code is derived from
 * @param codeKeyId the key that it is derived under
 * @param codeExpiresAt when the code ends, by the database's clock
 * @param language ISO 639-1
 */
public record SmsOrder(
        String user,
        String type,
        byte[] number,
        String numberKeyId,
        byte[] numberHash,
        UUID codeId,
        String codeKeyId,
        Instant codeExpiresAt,
        String language,
        String brand) {

    @Override
    public String toString() {
        return "SmsOrder[type=" + type + ", language=" + language + ", brand=" + brand + "]";
    }
}
