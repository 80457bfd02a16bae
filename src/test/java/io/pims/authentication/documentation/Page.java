package io.pims.authentication.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The pages that tests and commands read or write. Whoever moves one changes its place here. */
public enum Page {
    README(Path.of("README.md")),
    ALERTS,
    API,
    ARCHITECTURE,
    CONFIGURE,
    EVENTS,
    INSTALL,
    PERFORMANCE,
    PRIVACY,
    PROVIDERS,
    RUN,
    SECURITY,
    SURVIVAL;

    /** Where the pages of the site are. */
    static final Path SITE = Path.of("src", "site", "markdown");

    private final Path file;

    Page() {
        this.file = Path.of("src", "site", "markdown", name().toLowerCase(Locale.ROOT) + ".md");
    }

    Page(Path file) {
        this.file = file;
    }

    public Path file() {
        return file;
    }

    public String text() throws IOException {
        return Files.readString(file);
    }

    public void write(String text) throws IOException {
        Files.writeString(file, text);
    }

    /** The rows of the table with this head, cell by cell; none if the page has no such table. */
    public List<List<String>> table(String... head) throws IOException {
        return markdown().table(head);
    }

    /** The text of its first block of that language. */
    public String block(String language) throws IOException {
        return markdown().blocks(language).get(0).text();
    }

    Markdown markdown() throws IOException {
        return Markdown.read(file);
    }

    /** Every page that there is, also those which nothing but the link check reads. */
    static List<Path> all() throws IOException {
        return Stream.concat(pagesIn(Path.of("")), pagesIn(SITE)).toList();
    }

    static Stream<Path> pagesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        }
    }
}
