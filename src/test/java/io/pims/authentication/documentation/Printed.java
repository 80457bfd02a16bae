package io.pims.authentication.documentation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares what a page says that its lines print with what they did print. Ids, numbers of telephones, codes and times are
 * others each time: one on the page has to be the same wherever it stands there. {@code …} stands for what the page
 * leaves out, and alone on a line for any lines. Of an answer with its head the page may leave out headers.
 */
final class Printed {

    /** What is another one each time: UUID, number, time, code, token, and how long something lasts yet. */
    private static final Pattern CHANGES = Pattern.compile("(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
            + "|\\+\\d{9,15}"
            + "|(?<![\\d.])\\d{6}(?!\\d))"
            + "|(?<time>\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|(?<=;t=|for )\\d+)"
            + "|(?<cut>…)");

    private static final Map<String, String> SHAPES =
            Map.of("-", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "+", "\\+\\d{9,15}", "", "\\d{6}");

    /** Between two blocks of a page, at the most. */
    private static final int SECONDS_GONE_BY = 5;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What those that the page has turned out to be. */
    private final Map<String, String> known = new HashMap<>();

    /** What differs, if anything does. */
    Optional<String> difference(Markdown.Block expected, String actual) {
        boolean same =
                switch (expected.language()) {
                    case "http" -> isSameAnswer(lines(expected.text()), lines(actual));
                    case "json" -> matches(compact(expected.text()), compact(actual));
                    default -> matches(String.join("\n", lines(expected.text())), String.join("\n", lines(actual)));
                };
        return same
                ? Optional.empty()
                : Optional.of("The page says\n%s\nand there came\n%s".formatted(expected.text(), actual));
    }

    private boolean isSameAnswer(List<String> expected, List<String> actual) {
        Map<String, String> headers = headers(actual);
        return matches(expected.get(0), actual.get(0))
                && headers(expected).entrySet().stream()
                        .allMatch(header -> isSameHeader(header, headers.getOrDefault(header.getKey(), "")))
                && matches(body(expected), body(actual));
    }

    private boolean isSameHeader(Map.Entry<String, String> expected, String actual) {
        if (expected.getKey().equals("retry-after") && actual.matches("\\d+")) {
            return Math.abs(Integer.parseInt(expected.getValue()) - Integer.parseInt(actual)) <= SECONDS_GONE_BY;
        }
        return matches(expected.getValue(), actual);
    }

    private static Map<String, String> headers(List<String> answer) {
        return answer.stream()
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.split(": *", 2))
                .collect(Collectors.toMap(
                        header -> header[0].toLowerCase(Locale.ROOT),
                        header -> header.length > 1 ? header[1] : "",
                        (one, other) -> one + ", " + other,
                        LinkedHashMap::new));
    }

    private static String body(List<String> answer) {
        return answer.stream().dropWhile(line -> !line.isEmpty()).skip(1).collect(Collectors.joining("\n"));
    }

    private static List<String> lines(String text) {
        return text.strip().lines().map(String::stripTrailing).toList();
    }

    /** JSON without what makes no difference; what is none stays as it is. */
    private static String compact(String text) {
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(text)) {
            return values.readAll().stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
        } catch (JsonProcessingException none) {
            return String.join("\n", lines(text));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean matches(String expected, String actual) {
        Map<String, Integer> groups = new LinkedHashMap<>();
        StringBuilder pattern = new StringBuilder();
        int end = 0;
        for (MatchResult found : CHANGES.matcher(expected).results().toList()) {
            pattern.append(Pattern.quote(expected.substring(end, found.start())));
            pattern.append(patternOf(found, expected, groups));
            end = found.end();
        }
        pattern.append(Pattern.quote(expected.substring(end)));
        Matcher matcher = Pattern.compile(pattern.toString()).matcher(actual);
        if (!matcher.matches()) {
            return false;
        }
        groups.forEach((text, group) -> known.put(text, matcher.group(group)));
        return true;
    }

    private String patternOf(MatchResult found, String expected, Map<String, Integer> groups) {
        String text = found.group();
        if (text.equals("…")) {
            boolean alone = isLineBreak(expected, found.start() - 1) && isLineBreak(expected, found.end());
            return alone ? "(?s:.*)" : ".*?";
        }
        if (found.group(1) == null) {
            return text.contains("T") ? "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z" : "\\d+";
        }
        if (known.containsKey(text)) {
            return Pattern.quote(known.get(text));
        }
        if (groups.containsKey(text)) {
            return "\\" + groups.get(text);
        }
        groups.put(text, groups.size() + 1);
        String shape = text.contains("-") ? "-" : text.startsWith("+") ? "+" : "";
        return "(" + SHAPES.get(shape) + ")";
    }

    private static boolean isLineBreak(String text, int index) {
        return index < 0 || index >= text.length() || text.charAt(index) == '\n';
    }
}
