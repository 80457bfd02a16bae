package io.pims.authentication.survival;

import io.pims.authentication.documentation.Page;
import io.pims.authentication.performance.Conditions;
import io.pims.authentication.performance.GeneratedPart;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures on the page: written from the results that are committed, and from nothing else. */
public final class SurvivalSection {

    static final Path RESULTS = Path.of("src", "test", "resources", "survival", "survival.json");

    private static final GeneratedPart PART =
            new GeneratedPart(Page.SURVIVAL, "./mvnw -Psurvival verify -Dcommit=true");

    private SurvivalSection() {}

    /** Commits what has just come out; what other runs committed of other experiments stays. */
    static void commit(JsonObject results) throws IOException {
        JsonObject all = committed().mergeIn(results);
        Files.createDirectories(RESULTS.getParent());
        Files.writeString(RESULTS, all.encodePrettily() + "\n");
        PART.write(markdown(all));
    }

    static JsonObject committed() throws IOException {
        return Files.exists(RESULTS) ? new JsonObject(Files.readString(RESULTS)) : new JsonObject();
    }

    static String written() throws IOException {
        return PART.read();
    }

    static String markdown(JsonObject results) {
        if (results.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n").append(table(results)).append("\n");
        inOrder(results).forEach((name, result) -> {
            text.append("- `")
                    .append(name)
                    .append("`: ")
                    .append(Experiments.ALL.get(name).what())
                    .append(".");
            if (result.containsKey("remark")) {
                text.append(" ").append(result.getString("remark"));
            }
            text.append("\n");
        });
        return text.append("\n")
                .append(inOrder(results).values().stream()
                        .map(result -> Conditions.markdown(result.getJsonObject("conditions")))
                        .distinct()
                        .collect(Collectors.joining(".\n")))
                .append(".\n\n")
                .toString();
    }

    static String table(JsonObject results) {
        StringBuilder text = new StringBuilder("""
                | `-Dexperiment=` | requests | accepted | refused | no answer (recorded) | SUCCEEDED | FAILED | SMS | repeats | longest to final | verdict |
                |---|---|---|---|---|---|---|---|---|---|---|
                """);
        inOrder(results).forEach((name, result) -> text.append(row(name, result)));
        return text.toString();
    }

    private static Map<String, JsonObject> inOrder(JsonObject results) {
        return Experiments.ALL.keySet().stream()
                .filter(results::containsKey)
                .collect(Collectors.toMap(
                        name -> name, results::getJsonObject, (one, other) -> one, java.util.LinkedHashMap::new));
    }

    private static String row(String name, JsonObject result) {
        if (result.containsKey("skipped")) {
            return "| `%s` | | | | | | | | | | skipped: %s |%n".formatted(name, result.getString("skipped"));
        }
        return String.format(
                Locale.ROOT,
                "| `%s` | %,d | %,d | %s | %,d (%,d) | %,d | %s | %,d | %,d | %.1f s | %s |%n",
                name,
                result.getLong("requests"),
                result.getLong("accepted"),
                counts(result.getJsonObject("refused")),
                result.getLong("unknown"),
                result.getLong("unknownRecorded"),
                result.getLong("succeeded"),
                counts(result.getJsonObject("failed")),
                result.getLong("sms"),
                result.getLong("repeats"),
                result.getLong("longestToFinalMs") / 1_000.0,
                result.getString(
                        "verdict",
                        Experiments.survived(result) ? "survived" : result.getInteger("differences") + " differences"));
    }

    private static String counts(JsonObject counts) {
        return counts.isEmpty()
                ? "0"
                : counts.stream()
                        .map(count -> String.format(
                                Locale.ROOT, "%,d × %s", ((Number) count.getValue()).longValue(), count.getKey()))
                        .collect(Collectors.joining(", "));
    }
}
