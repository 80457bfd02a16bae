package io.pims.authentication.transaction;

import io.pims.authentication.code.CodeReference;
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
 * @param traceParent the trace of the request that it comes from (W3C traceparent); empty if that is not traced
 */
public record SmsOrder(
        String user,
        String type,
        byte[] number,
        String numberKeyId,
        byte[] numberHash,
        Optional<CodeReference> code,
        String language,
        String brand,
        Optional<String> traceParent) {

    /** Of a request that is not traced. */
    public SmsOrder(
            String user,
            String type,
            byte[] number,
            String numberKeyId,
            byte[] numberHash,
            Optional<CodeReference> code,
            String language,
            String brand) {
        this(user, type, number, numberKeyId, numberHash, code, language, brand, Optional.empty());
    }

    @Override
    public String toString() {
        return "SmsOrder[type=" + type + ", language=" + language + ", brand=" + brand + "]";
    }
}
