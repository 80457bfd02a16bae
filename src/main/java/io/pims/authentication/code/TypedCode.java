package io.pims.authentication.code;

import io.pims.authentication.input.PastedText;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a code as a driver typed it, or pasted it from the SMS. */
public final class TypedCode {

    /** Digits of a code. */
    public static final int DIGITS = 6;

    /** Characters of a code with all that people type or paste around it. */
    public static final int LONGEST = 32;

    /** The SMS ends in {@code #123456}, and keyboards offer {@code 123 456} and {@code 123-456}. */
    private static final Pattern FORM = Pattern.compile("#? *[0-9](?:[ -]*[0-9]){" + (DIGITS - 1) + "}");

    private static final Pattern BETWEEN = Pattern.compile("[# -]");

    private TypedCode() {}

    /** Returns the six digits; empty if the text is no code, or over 32 characters. */
    public static Optional<String> read(String typed) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = PastedText.plain(typed);
        return FORM.matcher(plain).matches()
                ? Optional.of(BETWEEN.matcher(plain).replaceAll(""))
                : Optional.empty();
    }
}
