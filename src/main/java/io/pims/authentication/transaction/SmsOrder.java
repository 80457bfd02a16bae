package io.pims.authentication.transaction;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.code.CodeReference;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.util.Optional;

/**
 * The SMS that a transaction sends. It holds neither the phone number nor the code in clear.
 *
 * @param type the API's name of the code's type, or the name of the notice
 * @param number only its user opens it
 * @param code the code in the text; empty for a notice
 * @param language ISO 639-1
 * @param brand the key of the brand; blank without one
 * @param traceParent the W3C traceparent of the request behind it; empty if that is not traced
 */
public record SmsOrder(
        String user,
        String type,
        SealedNumber number,
        Optional<CodeReference> code,
        String language,
        String brand,
        Optional<String> traceParent) {

    /** Orders an SMS in the language and brand of the caller. */
    public static SmsOrder of(Caller caller, String type, SealedNumber number, Optional<CodeReference> code) {
        String brand = caller.driver().brand().orElse("");
        return new SmsOrder(caller.user(), type, number, code, caller.language(), brand, caller.traceParent());
    }

    @Override
    public String toString() {
        return "SmsOrder[type=" + type + ", language=" + language + ", brand=" + brand + "]";
    }
}
