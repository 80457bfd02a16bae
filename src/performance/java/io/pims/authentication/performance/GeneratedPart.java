package io.pims.authentication.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a command writes into the README, between two comments.
 *
 * @param command the one that writes it
 */
public record GeneratedPart(String command) {

    private static final Path README = Path.of("README.md");
    private static final String END = "<!-- End of what was written. -->\n";

    private String begin() {
        return "<!-- Written by " + command + "; not by hand. -->\n";
    }

    /** What stands between the comments of a page. */
    public String in(String page) {
        return page.substring(from(page), to(page));
    }

    /** Replaces it in the README. */
    public void write(String text) throws IOException {
        String page = Files.readString(README);
        Files.writeString(README, page.substring(0, from(page)) + text + page.substring(to(page)));
    }

    private int from(String page) {
        int begin = page.indexOf(begin());
        if (begin < 0) {
            throw new IllegalStateException("The README has no " + begin().strip());
        }
        return begin + begin().length();
    }

    private int to(String page) {
        int end = page.indexOf(END, from(page));
        if (end < 0) {
            throw new IllegalStateException("The README has no " + END.strip() + " after " + begin().strip());
        }
        return end;
    }
}
