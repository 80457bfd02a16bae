package io.pims.authentication.support;

import io.pims.authentication.http.ApiException;
import java.util.regex.Pattern;

/**
 * Why somebody of the help desk acts on a driver: a few words, and a ticket by its number. It is kept with the events,
 * longer than numbers are, so it must not have one.
 */
final class Reason {

    static final String NAME = "reason";

    static final int LONGEST = 200;

    /** Letters of any script, but digits of one: nothing else is looked for below. */
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{M}\\p{P}\\p{S}0-9 ]{1," + LONGEST + "}");

    private static final Pattern WORD = Pattern.compile("[\\p{L}0-9]");

    /** An address of mail, or as many digits as phone numbers have. */
    private static final Pattern PERSONAL = Pattern.compile("@|(?:[0-9][ ()./_\\p{Pd}]*){9}");

    private Reason() {}

    /**
     * Returns the text if it may be recorded.
     *
     * @throws ApiException 400: 2101 if there is none, 2102 if it is blank, over 200 characters, of characters that can't be
     *     read, or has a phone number or an address of mail in it
     */
    static String require(String text) {
        ApiException.requirePresent(NAME, text);
        if (!FORM.matcher(text).matches()
                || !WORD.matcher(text).find()
                || PERSONAL.matcher(text).find()) {
            throw ApiException.invalid(NAME);
        }
        return text;
    }
}
