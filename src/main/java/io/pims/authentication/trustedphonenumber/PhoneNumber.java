package io.pims.authentication.trustedphonenumber;

import java.util.regex.Pattern;

/**
 * A phone number in the one form of ITU-T E.164, such as {@code +33612345678}. Its text shows no more than the plus
 * sign, two digits and the length.
 */
public record PhoneNumber(String e164) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

    public PhoneNumber {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException("Not an E.164 number");
        }
    }

    @Override
    public String toString() {
        return e164.substring(0, 3) + "*".repeat(e164.length() - 3);
    }
}
