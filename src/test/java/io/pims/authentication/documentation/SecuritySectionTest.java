package io.pims.authentication.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README's section "Security" claims is shown by tests that are there. */
class SecuritySectionTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))`");

    /** Threat, what is done, by which tests, what remains. */
    private static final Pattern THREAT = Pattern.compile("(?m)^\\| [^|\n]+ \\| [^|\n]+ \\| ([^|\n]+) \\|[^|\n]*\\|$");

    private final String section = section();

    SecuritySectionTest() throws IOException {}

    @Test
    void every_test_that_is_named_exists() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Set<String> there = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".java"))
                    .map(file -> file.substring(0, file.length() - ".java".length()))
                    .collect(Collectors.toSet());

            assertThat(named(section)).hasSizeGreaterThan(20);
            assertThat(there).containsAll(named(section));
        }
    }

    @Test
    void every_threat_names_a_test() {
        assertThat(THREAT.matcher(section).results().map(row -> row.group(1)).skip(1))
                .hasSizeGreaterThan(15)
                .allSatisfy(tests -> assertThat(named(tests)).isNotEmpty());
    }

    private static Set<String> named(String text) {
        return NAMED.matcher(text)
                .results()
                .map((MatchResult name) -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String section() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf("\n## Security\n");
        assertThat(begin).isNotNegative();
        return readme.substring(begin, readme.indexOf("\n## ", begin + 1));
    }
}
