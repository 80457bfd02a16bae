package io.pims.authentication.performance;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** On what, and when, something was measured. */
public final class Conditions {

    private static final Pattern MODEL = Pattern.compile("model name\\s*: (.+)");
    private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s*(\\d+) kB");

    private Conditions() {}

    static JsonObject now() {
        return now(Tools.postgresql("postgres"));
    }

    /** @param postgres the server's program */
    public static JsonObject now(String postgres) {
        return new JsonObject()
                .put("date", LocalDate.now(ZoneOffset.UTC).toString())
                .put("commit", commit())
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("model", found(MODEL, "/proc/cpuinfo"))
                .put("memoryGib", Math.round(Double.parseDouble(found(MEMORY, "/proc/meminfo")) / (1 << 20)))
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"))
                .put("postgresql", version(postgres));
    }

    /** What is checked out; a question mark where there is no Git or no repository. */
    private static String commit() {
        try {
            return Command.run(List.of("git", "log", "-1", "--format=%h")).strip();
        } catch (IllegalStateException | UncheckedIOException none) {
            return "?";
        }
    }

    private static String version(String postgres) {
        return Command.run(List.of(postgres, "--version"))
                .replaceFirst("^postgres \\(PostgreSQL\\) (\\S+)[\\s\\S]*", "$1");
    }

    private static String found(Pattern pattern, String file) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.map(pattern::matcher)
                    .filter(Matcher::find)
                    .map(match -> match.group(1))
                    .findFirst()
                    .orElse("0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String markdown(JsonObject conditions) {
        String commit = conditions.getString("commit");
        return "%s, %s%d × %s, %d GiB, %s, PostgreSQL %s, Java %s"
                .formatted(
                        conditions.getString("date"),
                        commit == null ? "" : "commit " + commit + ", ",
                        conditions.getInteger("processors"),
                        conditions.getString("model"),
                        conditions.getInteger("memoryGib"),
                        conditions.getString("system"),
                        conditions.getString("postgresql"),
                        conditions.getString("java"));
    }
}
