package io.pims.authentication.pincode;

import io.pims.authentication.http.ApiException;

/**
 * The body of a change of the PIN. All values are JSON text, so that a leading zero survives.
 *
 * @param action {@code reset} with smsCode and pinCode, or {@code update} with oldPIN and newPIN
 */
public record PinCodeChange(String action, String smsCode, String pinCode, String oldPIN, String newPIN) {

    @Override
    public String toString() {
        return "PinCodeChange[action=" + action + "]";
    }

    /** @throws ApiException 400 if a parameter of the action is missing, or one of another is there */
    void validate() {
        ApiException.requirePresent("action", action);
        switch (action) {
            case "reset" -> {
                ApiException.requirePresent("smsCode", smsCode);
                ApiException.requirePresent("pinCode", pinCode);
                absent("oldPIN", oldPIN);
                absent("newPIN", newPIN);
            }
            case "update" -> {
                ApiException.requirePresent("oldPIN", oldPIN);
                ApiException.requirePresent("newPIN", newPIN);
                absent("smsCode", smsCode);
                absent("pinCode", pinCode);
            }
            default -> throw ApiException.invalid("action");
        }
    }

    private static void absent(String parameter, String value) {
        if (value != null) {
            throw ApiException.invalid(parameter);
        }
    }
}
