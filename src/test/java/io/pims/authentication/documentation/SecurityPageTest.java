package io.pims.authentication.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages claim, the one about security above all, is shown by tests that are there. */
class SecurityPageTest {

    /** {@code `SomeTest`}, or one of its methods: {@code `SomeTest.a_code_is_spent_once`}. */
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:[.#](\\w+))?`");

    private static final String SHOWN_BY = "Shown by";

    private final String page = Page.SECURITY.text();

    SecurityPageTest() throws IOException {}

    @Test
    void every_test_that_a_page_names_exists() throws IOException {
        List<Path> sources = sources();

        assertThat(NAMED.matcher(page).results()).hasSizeGreaterThan(20);
        for (Path any : Page.all()) {
            assertThat(NAMED.matcher(Files.readString(any)).results().filter(test -> !exists(sources, test)))
                    .as(any.toString())
                    .isEmpty();
        }
    }

    /** And one of them by the method that exercises it. */
    @Test
    void every_claim_names_what_shows_it() throws IOException {
        Set<String> byMethod = NAMED.matcher(page)
                .results()
                .filter(test -> test.group(2) != null)
                .map(test -> test.group(1))
                .collect(Collectors.toSet());

        assertThat(Page.SECURITY.markdown().column(SHOWN_BY))
                .hasSizeGreaterThan(15)
                .allSatisfy(cell -> assertThat(cell.split(", ")).containsAnyElementsOf(byMethod));
    }

    private static boolean exists(List<Path> sources, MatchResult test) {
        Optional<Path> source = sources.stream()
                .filter(file -> file.getFileName().toString().equals(test.group(1) + ".java"))
                .findFirst();
        return source.isPresent() && (test.group(2) == null || hasMethod(source.get(), test.group(2)));
    }

    private static boolean hasMethod(Path source, String name) {
        try {
            return Pattern.compile("\\b" + name + "\\(")
                    .matcher(Files.readString(source))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
