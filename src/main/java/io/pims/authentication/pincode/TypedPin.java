package io.pims.authentication.pincode;

import java.util.regex.Pattern;

/** A PIN that a driver claims to know, as it is typed at a keypad. Nothing is corrected: what is almost a PIN is none. */
public final class TypedPin {

    private static final Pattern FORM = Pattern.compile("[0-9]{1,12}");

    private TypedPin() {}

    /** Returns true if the text may be a PIN: up to twelve digits, as PINs of earlier policies stay valid. */
    public static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches();
    }
}
