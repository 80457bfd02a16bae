package io.pims.authentication.proxy;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The elements of a header that is a list, the last one first: what the nearest proxy wrote, which nothing that stands
 * before it can change. A quote that a client never closed is in an element of its own.
 */
final class FromTheRight implements Iterator<String> {

    private final List<String> lines;
    private int line;
    /** Up to where the line is not read yet; negative if it is. */
    private int end = -1;

    private String next;

    FromTheRight(List<String> lines) {
        this.lines = lines;
        this.line = lines.size();
    }

    @Override
    public boolean hasNext() {
        while (next == null && (end >= 0 || line > 0)) {
            if (end < 0) {
                line--;
                end = lines.get(line).length();
            }
            String element = element(lines.get(line));
            next = element.isEmpty() ? null : element;
        }
        return next != null;
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String element = next;
        next = null;
        return element;
    }

    /** The last one that is not read yet; empty ones are none (RFC 9110, section 5.6.1.2). */
    private String element(String text) {
        boolean quoted = false;
        int begin = end;
        while (begin > 0 && (quoted || text.charAt(begin - 1) != ',')) {
            begin--;
            quoted ^= text.charAt(begin) == '"';
        }
        String element = text.substring(begin, end).strip();
        end = begin - 1;
        return element;
    }
}
