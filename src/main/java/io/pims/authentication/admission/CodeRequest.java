package io.pims.authentication.admission;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.code.SmsCodeType;
import io.pims.authentication.transaction.Idempotency;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.util.Optional;

/**
 * A well-formed request for a code.
 *
 * @param caller its request id becomes the id of the transaction
 * @param newNumber the number to certify; empty for the number on file
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
