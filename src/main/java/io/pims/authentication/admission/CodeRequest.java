package io.pims.authentication.admission;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.code.SmsCodeType;
import io.pims.authentication.transaction.Idempotency;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.util.Optional;

/**
 * A request for a code that is well-formed and whose driver is known.
 *
 * @param caller whose request id becomes the transaction's
 * @param newNumber the number to be certified; empty for the trusted one
 */
public record CodeRequest(
        Caller caller, SmsCodeType type, Optional<SealedNumber> newNumber, Optional<String> idempotencyKey) {

    String user() {
        return caller.user();
    }

    Optional<Idempotency> idempotency() {
        return idempotencyKey.map(key -> new Idempotency(key, type.text(), newNumber.map(SealedNumber::hash)));
    }
}
