package io.pims.authentication.certification;

import io.pims.authentication.code.TypedCode;
import io.pims.authentication.http.ApiException;
import java.util.regex.Pattern;

/**
 * The body of a change of the trusted phone number.
 *
 * @param action {@code addPhoneNumber} or {@code modifyPhoneNumber}
 * @param phoneNumber as the driver typed it
 * @param smsCode that came to this number, JSON text
 * @param pinCode the PIN that is set, JSON text; asked for by {@code modifyPhoneNumber} if one is set
 */
public record NumberChange(String action, String phoneNumber, String smsCode, String pinCode) {

    private static final Pattern PIN = Pattern.compile("[0-9]{1,12}");

    @Override
    public String toString() {
        return "NumberChange[action=" + action + "]";
    }

    boolean adds() {
        return action.equals("addPhoneNumber");
    }

    /** The six digits of the code, however it was typed. */
    String code() {
        return TypedCode.read(smsCode).orElseThrow(() -> ApiException.invalid("smsCode"));
    }

    /** @throws ApiException 400 if a parameter is missing or malformed */
    void require() {
        present("action", action);
        if (!adds() && !action.equals("modifyPhoneNumber")) {
            throw ApiException.invalid("action");
        }
        present("phoneNumber", phoneNumber);
        present("smsCode", smsCode);
        code();
        if (pinCode != null && (adds() || !PIN.matcher(pinCode).matches())) {
            throw ApiException.invalid("pinCode");
        }
    }

    private static void present(String parameter, String value) {
        if (value == null) {
            throw ApiException.missing(parameter);
        }
    }
}
