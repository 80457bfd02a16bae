package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From the start of the process to the first 200 of its readiness, over a schema that is there: by the JVM as it is, by an
 * archive of classes (AppCDS), and by an AOT cache where there is a JDK 25 or newer. Archive and cache are of a process
 * that was ready and had taken requests.
 */
final class Start implements Experiment {

    private static final Path JVMS = Path.of("/usr/lib/jvm");
    private static final Path ARCHIVE =
            Path.of("target", "performance", "classes.jsa").toAbsolutePath();
    private static final Path CACHE =
            Path.of("target", "performance", "classes.aot").toAbsolutePath();
    private static final int TRAINING_PER_SECOND = 50;
    private static final int HEAP_MIB = 256;

    private final int rounds = Options.number("rounds", 5);

    private record Figure(double seconds, double residentMib) {}

    @Override
    public JsonObject run() {
        try (TestBed bed = new TestBed("start", 1_000, 0, Map.of())) {
            bed.prepare();
            Map<String, List<String>> ways = ways(bed);
            Map<String, List<Figure>> figures = new LinkedHashMap<>();
            for (int round = 0; round <= rounds; round++) {
                boolean warmUp = round == 0;
                ways.forEach((way, java) -> {
                    Figure figure = start(bed, java);
                    System.out.printf("%s: %.2f s, %.0f MiB%n", way, figure.seconds(), figure.residentMib());
                    if (!warmUp) {
                        figures.computeIfAbsent(way, key -> new ArrayList<>()).add(figure);
                    }
                });
            }
            JsonObject result = new JsonObject();
            figures.forEach((way, each) -> result.put(
                    way,
                    new JsonObject()
                            .put("seconds", Figures.rounded(Figures.median(each, Figure::seconds)))
                            .put("residentMib", Figures.rounded(Figures.median(each, Figure::residentMib)))));
            return result;
        }
    }

    private static Map<String, List<String>> ways(TestBed bed) {
        Map<String, List<String>> ways = new LinkedHashMap<>();
        String java = Replica.JAVA;
        ways.put("plain", TestBed.java(java, HEAP_MIB));
        train(bed, TestBed.java(java, HEAP_MIB, "-XX:ArchiveClassesAtExit=" + ARCHIVE));
        ways.put("AppCDS", TestBed.java(java, HEAP_MIB, "-XX:SharedArchiveFile=" + ARCHIVE));
        Optional<String> newer = newerJava();
        if (newer.isPresent()) {
            String version = Command.run(List.of(newer.get(), "--version"))
                    .lines()
                    .findFirst()
                    .orElseThrow();
            ways.put("plain, " + version, TestBed.java(newer.get(), HEAP_MIB));
            train(bed, TestBed.java(newer.get(), HEAP_MIB, "-XX:AOTCacheOutput=" + CACHE));
            ways.put("AOT cache, " + version, TestBed.java(newer.get(), HEAP_MIB, "-XX:AOTCache=" + CACHE));
        } else {
            System.out.println("No JDK 25 or newer in " + JVMS + ": no AOT cache; -Djdk names one");
        }
        return ways;
    }

    private static void train(TestBed bed, List<String> java) {
        try (Replica replica = bed.start(Map.of(), java);
                Arrivals arrivals = new Arrivals(bed.tokens())) {
            arrivals.post(replica.address(), TRAINING_PER_SECOND, 5);
            replica.terminate();
            replica.awaitEnd(Duration.ofMinutes(3));
        }
    }

    private static Figure start(TestBed bed, List<String> java) {
        long begun = System.nanoTime();
        try (Replica replica = bed.launch(TestBed.DATABASE, Map.of(), java)) {
            while (!replica.isReady()) {
                if (!replica.isAlive()) {
                    throw new IllegalStateException(replica.output());
                }
                Waits.seconds(0.005);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Figure(seconds, Memory.resident(replica.pid()));
        }
    }

    private static Optional<String> newerJava() {
        String set = System.getProperty("jdk", "");
        if (!set.isEmpty()) {
            return Optional.of(Path.of(set, "bin", "java").toString());
        }
        if (!Files.isDirectory(JVMS)) {
            return Optional.empty();
        }
        try (Stream<Path> jvms = Files.list(JVMS)) {
            return jvms.filter(jvm -> jvm.getFileName().toString().matches(".*\\b2[5-9]\\b.*"))
                    .map(jvm -> jvm.resolve("bin").resolve("java"))
                    .filter(Files::isExecutable)
                    .map(Path::toString)
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String markdown(JsonObject result) {
        double plain = result.getJsonObject("plain").getDouble("seconds");
        double resident = result.getJsonObject("plain").getDouble("residentMib");
        StringBuilder text = new StringBuilder("""
                From the start of the process to the first 200 of `/q/health/ready`, and what is resident then; medians, in
                turn. Each ratio is to plain.

                | | seconds | ratio | resident MiB | ratio |
                |---|---|---|---|---|
                """);
        result.forEach(entry -> {
            JsonObject each = (JsonObject) entry.getValue();
            text.append("| %s | %.2f | %.2f | %.0f | %.2f |%n"
                    .formatted(
                            entry.getKey(),
                            each.getDouble("seconds"),
                            each.getDouble("seconds") / plain,
                            each.getDouble("residentMib"),
                            each.getDouble("residentMib") / resident));
        });
        return text.toString();
    }
}
