package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From the start of the process to the first 200 of its readiness, over a schema that is there and without a warm-up, by
 * each way to start the JVM.
 */
final class Start implements Experiment {

    private static final int TRAINING_PER_SECOND = 50;
    private static final int TRAINING_S = 5;
    private static final int HEAP_MIB = 256;

    private final int rounds = Options.number("rounds", 5);

    private record Figure(double seconds, double residentMib) {}

    @Override
    public JsonObject run() {
        try (TestBed bed = new TestBed("start", 1_000, 0, Map.of())) {
            bed.prepare();
            Map<String, List<String>> ways = new Jvms(bed, HEAP_MIB, TRAINING_PER_SECOND, TRAINING_S).commands();
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
