package io.pims.authentication.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page about security claims is shown by tests that are there. */
class SecurityPageTest {

    /** {@code `SomeTest`}, or one of its methods: {@code `SomeTest.a_code_is_spent_once`}. */
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:[.#](\\w+))?`");

    private static final String SHOWN_BY = "Shown by";

    private final String page = Page.SECURITY.text();

    SecurityPageTest() throws IOException {}

    @Test
    void every_test_that_is_named_exists() throws IOException {
        List<MatchResult> named = NAMED.matcher(page).results().toList();
        List<Path> sources = sources();

        assertThat(named).hasSizeGreaterThan(20);
        for (MatchResult test : named) {
            assertThat(exists(sources, test)).as(test.group()).isTrue();
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

    private static boolean exists(List<Path> sources, MatchResult test) throws IOException {
        Optional<Path> source = sources.stream()
                .filter(file -> file.getFileName().toString().equals(test.group(1) + ".java"))
                .findFirst();
        if (source.isEmpty() || test.group(2) == null) {
            return source.isPresent();
        }
        Matcher method = Pattern.compile("\\b" + test.group(2) + "\\(").matcher(Files.readString(source.get()));
        return method.find();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
