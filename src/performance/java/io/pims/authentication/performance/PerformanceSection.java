package io.pims.authentication.performance;

import io.pims.authentication.documentation.Page;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The figures on the page: written from the results that are committed, and from nothing else, so that a test can hold
 * the page against them.
 */
public final class PerformanceSection {

    /** Committed results, {@code NAME.json} each, and {@code conditions.json} with when and on what they were measured. */
    public static final Path RESULTS = Path.of("src", "test", "resources", "performance");

    private static final String CONDITIONS = "conditions.json";
    private static final GeneratedPart PART =
            new GeneratedPart(Page.PERFORMANCE, "./mvnw -Pperformance verify -Dcommit=true");

    private PerformanceSection() {}

    /** Commits what an experiment has just measured, and writes the page anew. */
    static void commit(String name, JsonObject result) throws IOException {
        Files.createDirectories(RESULTS);
        Files.copy(
                Path.of("target", name + ".json"),
                RESULTS.resolve(name + ".json"),
                StandardCopyOption.REPLACE_EXISTING);
        JsonObject conditions = read(CONDITIONS).put(name, Conditions.now());
        Files.writeString(RESULTS.resolve(CONDITIONS), conditions.encodePrettily() + "\n");
        if (name.equals("roofline")) {
            Files.createDirectories(RooflineChart.FILE.getParent());
            Files.writeString(RooflineChart.FILE, RooflineChart.svg(result));
        }
        PART.write(expected());
    }

    /** What stands between the two comments of the page. */
    public static String written() throws IOException {
        return PART.read();
    }

    /** What should stand there. */
    public static String expected() throws IOException {
        StringBuilder text = new StringBuilder("\n");
        JsonObject conditions = read(CONDITIONS);
        for (Map.Entry<String, Supplier<Experiment>> experiment : Experiments.ALL.entrySet()) {
            String name = experiment.getKey();
            if (conditions.containsKey(name)) {
                text.append("### ").append(name.substring(0, 1).toUpperCase(Locale.ROOT));
                text.append(name.substring(1)).append("\n\n");
                text.append(experiment
                        .getValue()
                        .get()
                        .markdown(read(name + ".json"))
                        .strip());
                text.append("\n\n`-Dexperiment=").append(name).append("`, ");
                text.append(Conditions.markdown(conditions.getJsonObject(name))).append(".\n\n");
            }
        }
        return text.toString();
    }

    private static JsonObject read(String file) throws IOException {
        Path path = RESULTS.resolve(file);
        return Files.exists(path) ? new JsonObject(Files.readString(path)) : new JsonObject();
    }
}
