package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** How small the heap may be that serves a given pace. */
final class Heap implements Experiment {

    private static final List<Integer> SIZES_MIB = List.of(48, 64, 96, 128, 192, 256, 384);
    private static final int LATENCY_MS = 20;
    private static final Map<String, String> SETTINGS = Map.of("pims.sms.vonage.clients", "32");

    private static final double LEAST_SHARE = 0.98;

    private final int perSecond = Options.number("rate", 1_000);
    private final int seconds = Options.number("seconds", 20);

    @Override
    public JsonObject run() {
        try (TestBed bed = new TestBed("heap", Options.number("drivers", 20_000), LATENCY_MS, Map.of())) {
            bed.prepare();
            JsonArray sizes = new JsonArray();
            Integer suffices = null;
            for (int size : SIZES_MIB) {
                JsonObject each = size(bed, size);
                sizes.add(each);
                System.out.println(each.encode());
                if (!each.getBoolean("suffices")) {
                    suffices = null;
                } else if (suffices == null) {
                    suffices = size;
                }
            }
            return new JsonObject()
                    .put("perSecond", perSecond)
                    .put("sufficesMib", suffices)
                    .put("sizes", sizes);
        }
    }

    private JsonObject size(TestBed bed, int mib) {
        bed.empty(TestBed.DATABASE);
        try (Replica replica = bed.start(SETTINGS, TestBed.java(Replica.JAVA, mib, "-XX:+ExitOnOutOfMemoryError"));
                Arrivals arrivals = new Arrivals(bed.tokens())) {
            arrivals.post(replica.address(), perSecond / 2, seconds / 2);
            arrivals.post(replica.address(), perSecond, seconds / 2);
            Arrivals.Answers answers = arrivals.post(replica.address(), perSecond, seconds);
            double reached = answers.accepted() / answers.seconds();
            return new JsonObject()
                    .put("mib", mib)
                    .put("acceptedPerSecond", Figures.rounded(reached))
                    .put("refused", answers.refused())
                    .put("p99Ms", answers.accepted() == 0 ? null : Figures.rounded(answers.p99Ms()))
                    .put("residentMib", Figures.rounded(Memory.resident(replica.pid())))
                    .put("suffices", answers.refused() == 0 && reached > LEAST_SHARE * perSecond);
        } catch (RuntimeException died) {
            return new JsonObject().put("mib", mib).put("suffices", false);
        }
    }

    @Override
    public String markdown(JsonObject result) {
        StringBuilder text = new StringBuilder(
                """
                %,d requests a second, SMS sent meanwhile. A heap suffices if none is refused and at least %.0f %% of that pace is
                kept until the last answer. The smallest that does, and all larger ones too: **%s MiB**.

                | -Xmx, MiB | accepted a second | refused | p99 ms | resident MiB | suffices |
                |---|---|---|---|---|---|
                """.formatted(result.getInteger("perSecond"), LEAST_SHARE * 100, result.getValue("sufficesMib")));
        result.getJsonArray("sizes").stream()
                .map(JsonObject.class::cast)
                .forEach(each -> text.append("| %s | %s | %s | %s | %s | %s |%n"
                        .formatted(
                                each.getValue("mib"),
                                each.getValue("acceptedPerSecond", "–"),
                                each.getValue("refused", "–"),
                                each.getValue("p99Ms", "–"),
                                each.getValue("residentMib", "–"),
                                each.getBoolean("suffices") ? "yes" : "no")));
        return text.toString();
    }
}
