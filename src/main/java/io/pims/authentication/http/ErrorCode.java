package io.pims.authentication.http;

import java.util.Arrays;

/**
 * The error codes of the wire contract: number and label, byte for byte as the SDK's error table has them
 * (spelling included). {@code [PARAMETER]} in a label stands for the parameter's name.
 */
public enum ErrorCode {
    FACADE_NOT_INITIALIZED(2001, "Facade not initialized"),
    CORE_NOT_WELL_CONFIGURED(2006, "Core not well configured"),
    MISSING_PARAMETER(2101, "Missing [PARAMETER] parameter"),
    INVALID_PARAMETER(2102, "Invalid [PARAMETER] parameter"),
    TIMEOUT(2201, "Timeout/Polling Timeout/Command Timeout"),
    NETWORK_PROBLEM(2202, "Network problem : No internet"),
    SERVER_ERROR(2204, "Server Error"),
    SMS_CODE_INVALID(2305, "The sms code is invalid"),
    SMS_CODE_EXPIRED(2306, "The sms code is expired"),
    NO_PHONE_NUMBER(2307, "User dont have a phone number"),
    ACCOUNT_BLOCKED(2310, "inwebo: account is blocked"),
    SAME_PIN_CODE(2315, "inwebo: the new password equals the previous one"),
    PHONE_NUMBER_TAKEN(2390, "Phone number allready registered");

    private final int code;
    private final String label;

    ErrorCode(int code, String label) {
        this.code = code;
        this.label = label;
    }

    public int code() {
        return code;
    }

    /** Returns the label as it goes over the wire. {@code parameter} is ignored where the label has no place for it. */
    public String label(String parameter) {
        return parameter == null ? label : label.replace("[PARAMETER]", parameter);
    }

    /** @throws IllegalArgumentException if no error has this number */
    public static ErrorCode of(int code) {
        return Arrays.stream(values())
                .filter(error -> error.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No error code " + code));
    }
}
