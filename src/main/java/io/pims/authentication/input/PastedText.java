package io.pims.authentication.input;

import java.util.regex.Pattern;

/**
 * A text that somebody typed or pasted, as people see it: phones and messengers put invisible marks around numbers, and
 * blanks, hyphens and digits of their own into them.
 */
public final class PastedText {

    private static final int FULL_WIDTH_FIRST = 0xff01;
    private static final int FULL_WIDTH_LAST = 0xff5e;
    /** The distance from a full-width form to the ASCII character that it shows. */
    private static final int TO_ASCII = 0xfee0;

    private static final char MINUS = '\u2212';

    /** Spaces, tabs, and the ends of lines and pages. */
    private static final String SPACE = "[ \\t-\\r\\x85\\u2028\\u2029]+";

    private static final Pattern SPACE_AROUND = Pattern.compile("\\A" + SPACE + "|" + SPACE + "\\z");

    private PastedText() {}

    /**
     * Returns the text without characters of the category Cf (marks of direction, of width zero) and without white
     * space at its ends. Each blank (Zs) becomes a space, each hyphen and dash (Pd) and the minus sign {@code -}, and a
     * full-width form the ASCII that it shows. All else stays as it is. The result is never longer than the text.
     */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .forEach(c -> plain.appendCodePoint(seen(c)));
        return SPACE_AROUND.matcher(plain).replaceAll("");
    }

    private static int seen(int c) {
        if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST) {
            return c - TO_ASCII;
        }
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.DASH_PUNCTUATION -> '-';
            default -> c == MINUS ? '-' : c;
        };
    }
}
