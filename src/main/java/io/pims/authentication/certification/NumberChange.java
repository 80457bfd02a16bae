package io.pims.authentication.certification;

import io.pims.authentication.code.TypedCode;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.pincode.TypedPin;

/**
 * The body of a change of the trusted phone number.
 *
 * @param action {@code addPhoneNumber} or {@code modifyPhoneNumber}
 * @param phoneNumber as the driver typed it
 * @param smsCode the code that came to this number, JSON text
 * @param pinCode the PIN that is set, JSON text; asked for by {@code modifyPhoneNumber} if one is set
 */
public record NumberChange(String action, String phoneNumber, String smsCode, String pinCode) {

    @Override
    public String toString() {
        return "NumberChange[action=" + action + "]";
    }

    boolean adds() {
        return action.equals("addPhoneNumber");
    }

    /** Returns the six digits of the code, however it was typed. */
    String code() {
        return TypedCode.read(smsCode).orElseThrow(() -> ApiException.invalid("smsCode"));
    }

    /** @throws ApiException 400 if a parameter is missing or malformed */
    void validate() {
        ApiException.requirePresent("action", action);
        if (!adds() && !action.equals("modifyPhoneNumber")) {
            throw ApiException.invalid("action");
        }
        ApiException.requirePresent("phoneNumber", phoneNumber);
        ApiException.requirePresent("smsCode", smsCode);
        code();
        if (pinCode != null && (adds() || !TypedPin.isWellFormed(pinCode))) {
            throw ApiException.invalid("pinCode");
        }
    }
}
