package io.pims.authentication.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page about events has each type that the service records, and no other. The types are read from the sources of the
 * packages that record events: there a text of two words with a dot between is a type.
 */
class EventTypesTest {

    private static final Path SOURCES = Path.of("src", "main", "java");

    /** Whoever records an event has to name one of these. */
    private static final Pattern RECORDER = Pattern.compile("\\b(?:NewSecurityEvent|StaffEvents)\\b");

    /** {@code "pincode.reset"}; names of settings and metrics begin otherwise. */
    private static final Pattern TYPE = Pattern.compile("\"(?!pims\\.)([a-z]+\\.[a-zA-Z]+)\"");

    /** {@code "smscode." + action}, which is completed by an action of the API. */
    private static final Pattern GROUP = Pattern.compile("\"([a-z]+\\.)\" \\+");

    private static final Pattern ACTION = Pattern.compile("\\baction\\.equals\\(\"(\\w+)\"\\)");

    @Test
    void each_type_that_is_recorded_is_on_the_page_and_no_other() throws IOException {
        Set<String> recorded = new TreeSet<>();
        packages().values().stream()
                .filter(source -> RECORDER.matcher(source).find())
                .forEach(source -> recorded.addAll(types(source)));

        assertThat(Page.EVENTS.table("type", "What happened").stream().map(row -> row.get(0)))
                .hasSizeGreaterThan(10)
                .containsExactlyInAnyOrderElementsOf(recorded);
    }

    @Test
    void a_type_is_found_whole_or_completed_by_an_action_and_nothing_else_is_taken_for_one() {
        String source = """
                private static final String WHAT = "pincode.reset";
                READ("support.read"),
                return "smscode." + change.action();
                return action.equals("addPhoneNumber") || !action.equals("modifyPhoneNumber");
                @ConfigMapping(prefix = "pims.support")
                registry.counter("pims.support.calls", "what", what.text());
                span.setAttribute("sim_swap.outcome", "an answer. And another");
                """;

        assertThat(types(source))
                .containsExactlyInAnyOrder(
                        "pincode.reset", "support.read", "smscode.addPhoneNumber", "smscode.modifyPhoneNumber");
    }

    private static Set<String> types(String source) {
        Set<String> types = new TreeSet<>(found(TYPE, source));
        for (String group : found(GROUP, source)) {
            List<String> actions = found(ACTION, source);
            assertThat(actions).as("the actions behind " + group).isNotEmpty();
            actions.forEach(action -> types.add(group + action));
        }
        return types;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    /** All sources of a package, one behind the other. */
    private static Map<Path, String> packages() throws IOException {
        Map<Path, String> packages = new TreeMap<>();
        try (Stream<Path> folders = Files.walk(SOURCES)) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                packages.put(folder, text(folder));
            }
        }
        return packages;
    }

    private static String text(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
