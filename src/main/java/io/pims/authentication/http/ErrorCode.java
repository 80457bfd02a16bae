package io.pims.authentication.http;

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

    private static final String PARAMETER = "[PARAMETER]";

    private final int code;
    private final String label;

    ErrorCode(int code, String label) {
        this.code = code;
        this.label = label;
    }

    public int code() {
        return code;
    }

    /** The label as it goes over the wire; {@code parameter} is ignored where the label has no place for it. */
    public String label(String parameter) {
        return parameter == null ? label : label.replace(PARAMETER, parameter);
    }

    /**
     * The code with the given number.
     *
     * @throws IllegalArgumentException if no code has it
     */
    public static ErrorCode of(int code) {
        for (ErrorCode candidate : values()) {
            if (candidate.code == code) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("No error code " + code);
    }
}
