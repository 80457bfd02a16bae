package io.pims.authentication.sandbox;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statuses of Vonage's SMS API, <a href="https://developer.vonage.com/en/api-errors/sms">as documented</a>. */
enum SmsStatus {
    THROTTLED(1, "Throttled"),
    MISSING_PARAMETERS(2, "Missing Parameters"),
    INVALID_PARAMETERS(3, "Invalid Parameters"),
    INVALID_CREDENTIALS(4, "Invalid Credentials"),
    INTERNAL_ERROR(5, "Internal Error"),
    INVALID_MESSAGE(6, "Invalid Message"),
    NUMBER_BARRED(7, "Number Barred"),
    PARTNER_ACCOUNT_BARRED(8, "Partner Account Barred"),
    PARTNER_QUOTA_VIOLATION(9, "Partner Quota Violation"),
    TOO_MANY_EXISTING_BINDS(10, "Too Many Existing Binds"),
    ACCOUNT_NOT_ENABLED_FOR_HTTP(11, "Account Not Enabled For HTTP"),
    MESSAGE_TOO_LONG(12, "Message Too Long"),
    INVALID_SIGNATURE(14, "Invalid Signature"),
    INVALID_SENDER_ADDRESS(15, "Invalid Sender Address"),
    INVALID_NETWORK_CODE(22, "Invalid Network Code"),
    INVALID_CALLBACK_URL(23, "Invalid Callback URL"),
    NON_WHITELISTED_DESTINATION(29, "Non-Whitelisted Destination"),
    SIGNATURE_AND_API_SECRET_DISALLOWED(32, "Signature And API Secret Disallowed"),
    NUMBER_DEACTIVATED(33, "Number De-activated");

    private static final Pattern PROVOKED = Pattern.compile(".*9990(\\d\\d)");

    private final int code;
    private final String text;

    SmsStatus(int code, String text) {
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    String text() {
        return text;
    }

    /** The status that a number ending in 9990NN asks for, if NN is a documented one. */
    static Optional<SmsStatus> provokedBy(String number) {
        Matcher matcher = PROVOKED.matcher(number);
        return matcher.matches() ? of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }

    private static Optional<SmsStatus> of(int code) {
        return Arrays.stream(values()).filter(status -> status.code == code).findFirst();
    }
}
