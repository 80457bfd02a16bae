package io.pims.authentication.survival;

import io.pims.authentication.performance.Waits;
import io.pims.authentication.sandbox.Behaviour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** The first of two roads in each bad state, and back again each time; the second one works all the time. */
final class RoadTrouble implements Experiment {

    private static final String FIRST = "first";
    private static final String SECOND = "second";

    private static final int CALM_S = 5;

    /** Longer than a road that is back may take to be used again. */
    private static final int HEALTHY_S = 10;

    private static final Map<Behaviour, Integer> SECONDS = new LinkedHashMap<>();

    static {
        SECONDS.put(Behaviour.UNREACHABLE, 10);
        SECONDS.put(Behaviour.HANG, 15);
        SECONDS.put(Behaviour.THROTTLE, 8);
        SECONDS.put(Behaviour.BAD_CREDENTIALS, 8);
        SECONDS.put(Behaviour.HALF, 8);
        SECONDS.put(Behaviour.REFUSE, 2);
    }

    /** The end of what the first road refuses, which no other road is asked for. */
    private static final String REFUSED = "2204";

    @Override
    public String what() {
        return "with two roads, the first refuses connections (10 s), hangs (15 s), throttles (8 s), refuses our account"
                + " (8 s), sends and breaks off its answer (8 s) and refuses each number (2 s), and is back for 10 s each"
                + " time; the second works";
    }

    @Override
    public JsonObject run() {
        PostgreSql server = Ordinary.newServer("roads");
        int seconds = CALM_S
                + SECONDS.values().stream().mapToInt(each -> each + HEALTHY_S).sum();
        try (Site site = new Site(server, Plan.of("roads", server).roads(FIRST, SECOND)).open()) {
            return judge(UnderLoad.run(site, server, UnderLoad.PER_SECOND, seconds, RoadTrouble::everything));
        }
    }

    private static void everything(Site site) {
        SECONDS.forEach((behaviour, seconds) -> {
            site.provider().behave(FIRST, behaviour, Site.LATENCY_MS);
            Waits.seconds(seconds);
            site.provider().heal(FIRST, behaviour);
            Waits.seconds(HEALTHY_S);
        });
    }

    /** There was a road for each transaction that the first one did not refuse. */
    private static JsonObject judge(JsonObject result) {
        JsonArray examples = result.getJsonArray("examples");
        result.getJsonObject("failed").stream()
                .filter(failed -> !failed.getKey().equals(REFUSED))
                .forEach(failed -> {
                    examples.add(
                            "FAILED with " + failed.getKey() + ", though the second road worked: " + failed.getValue());
                    result.put("differences", result.getInteger("differences") + 1);
                });
        return result;
    }
}
