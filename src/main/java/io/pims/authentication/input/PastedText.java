package io.pims.authentication.input;

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

    private PastedText() {}

    /**
     * Returns the text without characters of the category Cf (marks of direction, of width zero) and without white space at
     * its ends. Each blank (Zs) becomes a space, each hyphen and dash (Pd) and the minus sign {@code -}, and a full-width
     * form the ASCII that it shows. All else stays as it is. The result is never longer than the text.
     */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .forEach(c -> plain.appendCodePoint(seen(c)));
        int begin = 0;
        int end = plain.length();
        while (begin < end && isSpace(plain.charAt(begin))) {
            begin++;
        }
        while (begin < end && isSpace(plain.charAt(end - 1))) {
            end--;
        }
        return plain.substring(begin, end);
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

    /** True for spaces, tabs, and the ends of lines and pages. */
    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }
}
