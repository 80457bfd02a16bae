package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a driver's whole story costs, with the cache of checked tokens and without, by two replicas in turn. */
final class Story implements Experiment {

    private static final int CONNECTIONS = 64;
    private static final String ON = "remembered";
    private static final String OFF = "checked each time";

    private final int rounds = Options.number("rounds", 7);
    private final int seconds = Options.number("seconds", 8);
    private final int drivers = Options.number("drivers", 20_000);
    private final int latencyMs = Options.number("latency", 250);

    @Override
    public JsonObject run() {
        try (TestBed bed = new TestBed("story", drivers, latencyMs, Map.of())) {
            bed.prepare();
            Map<String, Replica> replicas = new LinkedHashMap<>();
            replicas.put(ON, bed.start(Map.of(), TestBed.JAVA));
            replicas.put(OFF, bed.start(Map.of("pims.token.cache.size", "0"), TestBed.JAVA));
            try (Stories stories = new Stories(bed.tokens())) {
                replicas.forEach((how, replica) -> Steady.warmUp(replica, seconds, () -> round(bed, replica, stories)));
                return measure(bed, replicas, stories);
            }
        }
    }

    private JsonObject measure(TestBed bed, Map<String, Replica> replicas, Stories stories) {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            replicas.forEach((how, replica) -> {
                Sample sample = round(bed, replica, stories);
                System.out.printf("%s: %.0f stories/s, %.3f ms of CPU each%n", how, sample.perSecond(), cpuMs(sample));
                samples.computeIfAbsent(how, key -> new ArrayList<>()).add(sample);
            });
        }
        JsonObject result = new JsonObject();
        samples.forEach((how, each) -> result.put(
                how, Sample.median(each).put("cpuMsEach", Figures.rounded(Figures.median(each, this::cpuMs)))));
        return result;
    }

    private Sample round(TestBed bed, Replica replica, Stories stories) {
        bed.empty(TestBed.DATABASE);
        bed.provider().clear();
        Sample sample = Sample.measure(
                new TreeMap<>(
                        Map.of("postgresql", bed.server()::cpuSeconds, "service", () -> CpuTime.of(replica.pid()))),
                () -> told(stories.tell(replica.address(), CONNECTIONS, seconds)));
        bed.empty(TestBed.DATABASE);
        Steady.awaitCalm(replica);
        return sample;
    }

    private static Load told(Load load) {
        if (load.errors() > 0) {
            throw new IllegalStateException(load.toString());
        }
        return load;
    }

    private double cpuMs(Sample sample) {
        return sample.cpuSeconds().get("service") * 1_000 / (sample.perSecond() * seconds);
    }

    @Override
    public String markdown(JsonObject result) {
        StringBuilder rows = new StringBuilder();
        for (String how : List.of(ON, OFF)) {
            JsonObject each = result.getJsonObject(how);
            rows.append("| %s | %,.0f | %.1f | %.1f | **%.2f** |%n"
                    .formatted(
                            how,
                            each.getDouble("perSecond"),
                            each.getDouble("p50Ms"),
                            each.getDouble("p99Ms"),
                            each.getDouble("cpuMsEach")));
        }
        return """
                A driver asks for a code, looks three times what became of it, and types a wrong one: five requests with one
                token, one after the other, by %d drivers at a time; SMS sent meanwhile as in the roofline. Two replicas over
                one database in turn, %d rounds, medians, once HotSpot's compilers are done. The client is Vert.x, on the same
                processors.

                | a token is | stories a second | p50 ms | p99 ms | the service's CPU ms a story |
                |---|---|---|---|---|
                %s""".formatted(
                CONNECTIONS, result.getJsonObject(ON).getJsonArray("rounds").size(), rows);
    }
}
