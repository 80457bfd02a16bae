package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How fast a replica is in the first minute after the first 200 of its readiness, for each way to start it and for some
 * times of warm-up, as fast as 16 connections ask and at a fixed pace. Each run is of a replica that was just started.
 */
final class FirstMinute implements Experiment {

    private static final int WINDOW_S = Timeline.WINDOW_S;
    private static final String WARM_UP = "pims.readiness.warm-up";
    private static final List<Integer> WARM_UPS_S = List.of(0, 5, 10, 20);
    private static final int HEAP_MIB = 512;
    private static final int LATENCY_MS = 250;
    private static final int CONNECTIONS = 16;
    private static final int TRAINING_S = 60;

    /** For the rate of the fifth minute, which the others are held against. */
    private static final int LONG_S = 300;

    private static final String AS_FAST = "asFast";
    private static final String AT_PACE = "atPace";
    private static final String FIFTH_MINUTE = "fifthMinute";

    /** Windows that the page shows, by their place. */
    private static final List<Integer> SHOWN = List.of(0, 1, 2, 3, 5, 8, 11);

    private final int seconds = Options.number("seconds", 60);
    private final int perSecond = Options.number("rate", 300);
    private final int drivers = Options.number("drivers", 20_000);

    private record Way(String name, int warmUpSeconds, Supplier<Replica> start) {

        String title() {
            return warmUpSeconds == 0 ? name : name + ", warm-up " + warmUpSeconds + " s";
        }
    }

    @Override
    public JsonObject run() {
        try (TestBed bed = new TestBed("first-minute", drivers, LATENCY_MS, Map.of())) {
            bed.prepare();
            try (Timeline load = new Timeline(Files.readAllLines(bed.tokens()))) {
                List<Way> ways = ways(bed);
                // This JVM must be warm, or it is the one that is measured.
                minute(bed, ways.get(0), replica -> load.closed(replica.address(), CONNECTIONS, seconds));
                minute(bed, ways.get(0), replica -> load.open(replica.address(), perSecond, seconds));
                JsonObject result = new JsonObject();
                for (Way way : ways) {
                    JsonObject each = new JsonObject();
                    each.put(
                            AS_FAST, minute(bed, way, replica -> load.closed(replica.address(), CONNECTIONS, seconds)));
                    each.put(AT_PACE, minute(bed, way, replica -> load.open(replica.address(), perSecond, seconds)));
                    System.out.println(way.title() + ": " + each.encode());
                    result.put(way.title(), each);
                }
                JsonArray all = minute(
                        bed,
                        ways.get(0),
                        replica -> load.closed(replica.address(), CONNECTIONS, LONG_S * seconds / 60));
                return new JsonObject().put("ways", result).put(FIFTH_MINUTE, lastMinute(all));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static JsonArray minute(TestBed bed, Way way, Function<Replica, JsonArray> load) {
        bed.empty(TestBed.DATABASE);
        bed.provider().clear();
        try (Replica replica = way.start().get()) {
            return load.apply(replica.awaitReady());
        }
    }

    private static List<Way> ways(TestBed bed) {
        List<Way> ways = new ArrayList<>();
        Map<String, List<String>> commands = new Jvms(bed, HEAP_MIB, 300, TRAINING_S).commands();
        commands.forEach((name, java) -> {
            // Plain by several times; each other way without a warm-up, and with one.
            boolean isPlain = name.equals(Jvms.PLAIN);
            for (int warmUp : isPlain ? WARM_UPS_S : List.of(0, 10)) {
                ways.add(new Way(
                        name, warmUp, () -> bed.launch(TestBed.DATABASE, Map.of(WARM_UP, warmUp + "s"), java)));
            }
        });
        if (!System.getProperty("native.executable", "").isEmpty()) {
            ways.add(new Way("native", 0, () -> bed.launchExecutable(Map.of(WARM_UP, "0s"))));
        }
        return ways;
    }

    private static double lastMinute(JsonArray windows) {
        int fifth = windows.size() / 5;
        return Figures.median(
                IntStream.range(windows.size() - fifth, windows.size())
                        .mapToObj(windows::getJsonObject)
                        .toList(),
                window -> window.getDouble("perSecond"));
    }

    @Override
    public String markdown(JsonObject result) {
        double fifth = result.getDouble(FIFTH_MINUTE);
        return """
                From the first 200 of `/q/health/ready` on, by windows of %d s; each run is of a replica that was just started, and
                the JVM of the load is warm. Archive and AOT cache are of a process that took 300 requests a second for %d s.
                *Fifth*: the first window beside the fifth minute of plain (%,.0f requests a second).

                At %d connections, requests a second:

                %s
                At 300 requests a second, p99 in ms (and how many were refused or lost, if any):

                %s""".formatted(
                        WINDOW_S,
                        TRAINING_S,
                        fifth,
                        CONNECTIONS,
                        table(
                                result.getJsonObject("ways"),
                                AS_FAST,
                                " fifth |",
                                window -> "%,.0f".formatted(window.getDouble("perSecond")),
                                first -> " %.2f |".formatted(first.getDouble("perSecond") / fifth)),
                        table(result.getJsonObject("ways"), AT_PACE, "", FirstMinute::latency, first -> ""));
    }

    private static String latency(JsonObject window) {
        Double p99 = window.getDouble("p99Ms");
        int refused = window.getInteger("refused");
        return (p99 == null ? "–" : "%,.0f".formatted(p99)) + (refused == 0 ? "" : " (" + refused + ")");
    }

    private static String table(
            JsonObject ways,
            String load,
            String header,
            Function<JsonObject, String> cell,
            Function<JsonObject, String> last) {
        int count = ((JsonObject) ways.iterator().next().getValue())
                .getJsonArray(load)
                .size();
        List<Integer> shown = SHOWN.stream().filter(place -> place < count).toList();
        StringBuilder text = new StringBuilder("| |");
        shown.forEach(place -> text.append(" %d–%d s |".formatted(place * WINDOW_S, (place + 1) * WINDOW_S)));
        text.append(header).append('\n');
        text.append("|---|")
                .append("---|".repeat(shown.size() + (header.isEmpty() ? 0 : 1)))
                .append('\n');
        ways.forEach(way -> {
            JsonArray windows = ((JsonObject) way.getValue()).getJsonArray(load);
            text.append("| ").append(way.getKey()).append(" | ");
            text.append(shown.stream().map(windows::getJsonObject).map(cell).collect(Collectors.joining(" | ")));
            text.append(" |").append(last.apply(windows.getJsonObject(0))).append('\n');
        });
        return text.toString();
    }
}
