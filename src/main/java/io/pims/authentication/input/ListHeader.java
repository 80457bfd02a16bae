package io.pims.authentication.input;

import java.util.ArrayList;
import java.util.List;

/**
 * A header that is a list (RFC 9110, section 5.6.1). Its lines are one list (section 5.3), and a malformed element
 * spoils no other.
 */
public final class ListHeader {

    /** In characters, more than anybody sends with good intent. An element that exceeds it ends the reading. */
    private static final int LONGEST = 1_024;

    private ListHeader() {}

    /**
     * Returns the elements without the blanks around them, and without empty ones. A comma within quotes ends no
     * element. A quote that nothing closes in its line is a character like others.
     *
     * @param lines the values of all headers of the name; the first 1,024 characters are read
     */
    public static List<String> elements(List<String> lines) {
        List<String> elements = new ArrayList<>();
        int left = LONGEST;
        for (String line : lines) {
            for (int begin = 0; begin <= line.length(); ) {
                int end = end(line, begin, begin + left);
                if (end < 0) {
                    return elements;
                }
                String element = line.substring(begin, end).strip();
                if (!element.isEmpty()) {
                    elements.add(element);
                }
                left -= end - begin + 1;
                begin = end + 1;
            }
        }
        return elements;
    }

    /** Returns where the element ends that begins there; -1 if that is beyond the bound. */
    private static int end(String line, int begin, int bound) {
        int end = begin;
        while (end < line.length() && line.charAt(end) != ',' && end <= bound) {
            int closing = line.charAt(end) == '"' ? closing(line, end, bound) : -1;
            end = (closing < 0 ? end : closing) + 1;
        }
        return end <= bound ? end : -1;
    }

    /** Returns where the quote is closed, or a place beyond the bound; -1 if the line does not close it. */
    private static int closing(String line, int opening, int bound) {
        for (int i = opening + 1; i < line.length(); i++) {
            if (i > bound || line.charAt(i) == '"') {
                return i;
            }
            if (line.charAt(i) == '\\') {
                i++;
            }
        }
        return -1;
    }
}
