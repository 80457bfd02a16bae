package io.pims.authentication.performance;

import io.pims.authentication.documentation.Page;
import java.io.IOException;

/**
 * What a command writes into a page, between two comments.
 *
 * @param page where it stands
 * @param command the one that writes it
 */
public record GeneratedPart(Page page, String command) {

    private static final String END = "<!-- End of what was written. -->\n";

    private String begin() {
        return "<!-- Written by " + command + "; not by hand. -->\n";
    }

    /** What stands between the comments. */
    public String read() throws IOException {
        String text = page.text();
        return text.substring(from(text), to(text));
    }

    /** Replaces it. */
    public void write(String part) throws IOException {
        String text = page.text();
        page.write(text.substring(0, from(text)) + part + text.substring(to(text)));
    }

    private int from(String text) {
        int begin = text.indexOf(begin());
        if (begin < 0) {
            throw new IllegalStateException(page.file() + " has no " + begin().strip());
        }
        return begin + begin().length();
    }

    private int to(String text) {
        int end = text.indexOf(END, from(text));
        if (end < 0) {
            throw new IllegalStateException(page.file() + " has no " + END.strip() + " after " + begin().strip());
        }
        return end;
    }
}
