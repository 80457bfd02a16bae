package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Our POST beside what bounds it: pgbench with the plain statements of one accepted request, on the same server and
 * drivers, and HTTP with nothing behind it. All in turn, round after round, so that what the machine does beside hits
 * each alike. Each round finds empty tables but for the drivers' numbers.
 *
 * <p>pgbench has a copy of the database with an index more, by which it counts what a driver has asked for.
 */
final class Roofline implements Experiment {

    static final List<Integer> CONNECTIONS = List.of(16, 64);

    private static final String PLAIN = "plain";

    private final int rounds = Options.number("rounds", 5);
    private final int seconds = Options.number("seconds", 6);
    private final int drivers = Options.number("drivers", 60_000);
    private final int latencyMs = Options.number("latency", 250);

    @Override
    public JsonObject run() {
        try (TestBed bed = new TestBed("roofline", drivers, latencyMs, Map.of());
                Hello hello = new Hello()) {
            bed.prepare();
            bed.server().execute("postgres", "CREATE DATABASE " + PLAIN + " TEMPLATE " + TestBed.DATABASE);
            bed.server().execute(PLAIN, "CREATE INDEX ON sms_transaction (user_id, created_at)", "VACUUM ANALYZE");
            Replica replica = bed.start(Map.of(), TestBed.JAVA);
            Steady.warmUp(
                    replica,
                    CONNECTIONS.size() * seconds,
                    () -> CONNECTIONS.forEach(connections -> post(bed, replica, connections)));
            Map<String, List<Sample>> samples = new LinkedHashMap<>();
            for (int round = 0; round <= rounds; round++) {
                boolean warmUp = round == 0;
                for (int connections : CONNECTIONS) {
                    Map<String, Sample> measured = new LinkedHashMap<>();
                    measured.put("pgbench", pgbench(bed, replica, connections));
                    measured.put("post", post(bed, replica, connections));
                    measured.put("hello", hello(replica, hello, connections));
                    print(warmUp ? "warm-up" : "round " + round, connections, measured);
                    if (!warmUp) {
                        measured.forEach(
                                (what, sample) -> samples.computeIfAbsent(connections + what, key -> new ArrayList<>())
                                        .add(sample));
                    }
                }
            }
            JsonObject result = new JsonObject();
            for (int connections : CONNECTIONS) {
                JsonObject each = new JsonObject();
                for (String what : List.of("pgbench", "post", "hello")) {
                    each.put(what, Sample.median(samples.get(connections + what)));
                }
                result.put(Integer.toString(connections), each);
            }
            return result;
        }
    }

    @Override
    public String markdown(JsonObject result) {
        StringBuilder rows = new StringBuilder();
        for (String connections : result.fieldNames()) {
            JsonObject each = result.getJsonObject(connections);
            double pgbench = each.getJsonObject("pgbench").getDouble("perSecond");
            double post = each.getJsonObject("post").getDouble("perSecond");
            double hello = each.getJsonObject("hello").getDouble("perSecond");
            for (String what : each.fieldNames()) {
                JsonObject sample = each.getJsonObject(what);
                rows.append("| %s | %s | %,.0f | %.2f | %.2f | %s |%n"
                        .formatted(
                                connections,
                                what,
                                sample.getDouble("perSecond"),
                                sample.getDouble("p50Ms"),
                                sample.getDouble("p99Ms"),
                                cpu(sample)));
            }
            rows.append("| %s | **post ÷ pgbench** | **%.2f** | | | |%n".formatted(connections, post / pgbench));
            rows.append("| %s | post ÷ pgbench, round by round | %s | | | |%n"
                    .formatted(
                            connections,
                            Figures.ratios(rates(each.getJsonObject("post")), rates(each.getJsonObject("pgbench")))));
            rows.append("| %s | post ÷ hello | %.3f | | | |%n".formatted(connections, post / hello));
        }
        return """
                ![Accepted requests a second beside pgbench](charts/roofline.svg)

                In turn on one machine, %s rounds, medians, once HotSpot's compilers take less than a twentieth of a
                processor (which takes minutes under full load): *pgbench*, prepared, the three plain statements
                of an accepted request in one transaction (read the number, count by an index, insert; `accept.sql`);
                *post*, our `POST /v1/authentication/smscode`, each request by another driver with a token of its own, the
                limits counted but too high to refuse, and SMS sent meanwhile by eight clients to a provider that takes
                250 ms, which is some 30 a second: the rest waits until the round is over; *hello*, one line of JSON from Vert.x, the
                HTTP server below the service, alone. Load by wrk and pgbench with two threads, durable defaults of
                PostgreSQL, tables emptied before each round, everything on the same processors. The service has `-Xmx512m` and
                the serial collector, which a JVM takes by itself within the memory of our pod. A run fails if more than
                0.1 %% of the requests are refused or a 202 has no row.

                | connections | | per second | p50 ms | p99 ms | CPU seconds in a round |
                |---|---|---|---|---|---|
                %s""".formatted(rounds(result), rows);
    }

    private static JsonArray rates(JsonObject sample) {
        return new JsonArray(sample.getJsonArray("rounds").stream()
                .map(round -> ((JsonObject) round).getDouble("perSecond"))
                .toList());
    }

    private static int rounds(JsonObject result) {
        return result.getJsonObject("64")
                .getJsonObject("post")
                .getJsonArray("rounds")
                .size();
    }

    private static String cpu(JsonObject sample) {
        return sample.getJsonObject("cpuSeconds").stream()
                .map(process -> process.getKey() + " " + process.getValue())
                .collect(Collectors.joining(", "));
    }

    private Sample pgbench(TestBed bed, Replica replica, int connections) {
        bed.empty(PLAIN);
        Map<String, Integer> variables = Map.of("drivers", drivers);
        return Sample.measure(
                new TreeMap<>(
                        Map.of("postgresql", bed.server()::cpuSeconds, "service", () -> CpuTime.of(replica.pid()))),
                () -> Load.pgbench("accept.sql", bed.server().port(), PLAIN, connections, seconds, variables));
    }

    private Sample post(TestBed bed, Replica replica, int connections) {
        bed.empty(TestBed.DATABASE);
        bed.provider().clear();
        Sample sample = Sample.measure(
                new TreeMap<>(Map.of(
                        "postgresql", bed.server()::cpuSeconds,
                        "service", () -> CpuTime.of(replica.pid()),
                        "provider", () -> CpuTime.of(bed.provider().pid()))),
                () -> accepted(bed, bed.post(replica, connections, seconds)));
        bed.empty(TestBed.DATABASE);
        Steady.awaitCalm(replica);
        return sample;
    }

    /** Holds what the client saw against what is recorded: a 202 is a row. */
    private static Load accepted(TestBed bed, Load load) {
        double recorded = bed.server().number(TestBed.DATABASE, "SELECT count(*) FROM sms_transaction");
        double pending =
                bed.server().number(TestBed.DATABASE, "SELECT count(*) FROM sms_transaction WHERE status = 'PENDING'");
        System.out.printf(
                "  accepted %,d, refused or lost %d; sent meanwhile %,d, still waiting %,.0f%n",
                load.requests(), load.errors(), bed.provider().taken(), pending);
        if (recorded < load.requests() - load.errors()) {
            throw new IllegalStateException("%d requests, %d errors, but %.0f transactions recorded"
                    .formatted(load.requests(), load.errors(), recorded));
        }
        return load;
    }

    private Sample hello(Replica replica, Hello hello, int connections) {
        return Sample.measure(
                new TreeMap<>(
                        Map.of("hello", () -> CpuTime.of(hello.pid()), "service", () -> CpuTime.of(replica.pid()))),
                () -> Load.wrk("get.lua", hello.address(), connections, seconds));
    }

    private static void print(String round, int connections, Map<String, Sample> measured) {
        System.out.printf("%s, %d connections%n", round, connections);
        measured.forEach((what, sample) -> System.out.printf(
                "  %-8s %,9.0f/s  p50 %7.2f ms  p99 %7.2f ms  CPU s %s%n",
                what, sample.perSecond(), sample.p50Ms(), sample.p99Ms(), cpu(sample)));
    }

    private static String cpu(Sample sample) {
        return sample.cpuSeconds().entrySet().stream()
                .map(process -> "%s %.2f".formatted(process.getKey(), process.getValue()))
                .collect(Collectors.joining(", "));
    }
}
