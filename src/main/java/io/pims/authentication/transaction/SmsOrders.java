package io.pims.authentication.transaction;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.code.CodeReference;
import io.pims.authentication.code.SmsCodeType;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.util.Optional;

/** Orders of SMS in the language and brand of whoever asks. */
public final class SmsOrders {

    private SmsOrders() {}

    /** @param type of the notice, which has no code in it */
    public static SmsOrder notice(Caller caller, String type, SealedNumber to) {
        return order(caller, type, to, Optional.empty());
    }

    public static SmsOrder code(Caller caller, SmsCodeType type, SealedNumber to, CodeReference code) {
        return order(caller, type.text(), to, Optional.of(code));
    }

    private static SmsOrder order(Caller caller, String type, SealedNumber to, Optional<CodeReference> code) {
        return new SmsOrder(
                caller.user(),
                type,
                to.ciphertext(),
                to.keyId(),
                to.hash(),
                code,
                caller.language(),
                caller.driver().brand().orElse(""),
                caller.traceParent());
    }
}
