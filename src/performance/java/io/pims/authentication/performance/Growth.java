package io.pims.authentication.performance;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The service over tables with a long history beside the service over empty ones, in turn: how fast it accepts, what its
 * background work costs, and, over a long run, whether autovacuum keeps up.
 */
final class Growth implements Experiment {

    private static final String GROWN = "grown";
    private static final int CONNECTIONS = 64;

    /** So many times a round, or the compiler is still at work when the first one begins. */
    private static final int WARM_UP = 6;

    private static final int LATENCY_MS = 20;

    /** Over and done with, and due for retention. */
    private static final int TOO_OLD = 20_000;

    /** Free to be claimed, and past its deadline, so that a claim is all that it takes before the end. */
    private static final int LEFT_BEHIND = 5_000;

    private final int rounds = Options.number("rounds", 5);
    private final int seconds = Options.number("seconds", 6);
    private final int drivers = Options.number("drivers", 60_000);
    private final int minutes = Options.number("minutes", 10);
    private final int perSecond = Options.number("rate", 300);
    private final int transactions = Options.number("transactions", 10_000_000);
    private final int users = Options.number("users", 5_000_000);

    @Override
    public JsonObject run() {
        try (TestBed bed = new TestBed(
                "growth",
                drivers,
                LATENCY_MS,
                // A larger pace of checkpoints is for the fill alone, which writes gigabytes.
                Map.of("shared_preload_libraries", "pg_stat_statements", "max_wal_size", "8GB"))) {
            bed.prepare();
            bed.server().execute("postgres", "CREATE EXTENSION pg_stat_statements");
            bed.server().execute("postgres", "CREATE DATABASE " + GROWN + " TEMPLATE " + TestBed.DATABASE);
            History.write(bed.server(), GROWN, transactions, users);
            for (String database : List.of(TestBed.DATABASE, GROWN)) {
                History.writeDue(bed.server(), database, TOO_OLD, LEFT_BEHIND);
            }
            Replica empty = bed.start(TestBed.DATABASE, Map.of(), TestBed.JAVA);
            Replica grown = bed.start(GROWN, Map.of(), TestBed.JAVA);
            JsonObject background = background(bed);
            JsonObject accept = accept(bed, empty, grown);
            empty.close();
            grown.close();
            JsonObject longRun = LongRun.over(bed, GROWN, perSecond, minutes * 60);
            JsonObject result = new JsonObject()
                    .put("transactions", transactions)
                    .put("users", users)
                    .put("accept", accept)
                    .put("background", background)
                    .put("longRun", longRun);
            return result;
        }
    }

    /** What PostgreSQL says that claims and retention cost in each database. */
    private static JsonObject background(TestBed bed) {
        JsonObject result = new JsonObject();
        for (Map.Entry<String, String> statement : Map.of(
                        "claim", "UPDATE sms_transaction%SKIP LOCKED%",
                        "retention", "DELETE FROM sms_transaction%SKIP LOCKED%")
                .entrySet()) {
            JsonObject each = new JsonObject();
            for (String database : List.of(TestBed.DATABASE, GROWN)) {
                String query =
                        "SELECT rows, total_exec_time FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid"
                                + " WHERE datname = '" + database + "' AND query LIKE '" + statement.getValue() + "'"
                                + " AND rows >= " + (statement.getKey().equals("claim") ? LEFT_BEHIND : TOO_OLD);
                // Retention begins a minute after the start.
                await().atMost(Duration.ofMinutes(4))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> !bed.server().rows("postgres", query).isEmpty());
                List<String> row = bed.server().rows("postgres", query).get(0);
                each.put(
                        database.equals(GROWN) ? "grownMsPerRow" : "emptyMsPerRow",
                        Figures.rounded(Double.parseDouble(row.get(1)) / Double.parseDouble(row.get(0))));
            }
            System.out.println(statement.getKey() + " " + each.encode());
            result.put(statement.getKey(), each);
        }
        return result;
    }

    private JsonObject accept(TestBed bed, Replica empty, Replica grown) {
        List<Double> ofEmpty = new ArrayList<>();
        List<Double> ofGrown = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            double atEmpty = post(bed, TestBed.DATABASE, empty, round);
            double atGrown = post(bed, GROWN, grown, round);
            System.out.printf("round %d: empty %,.0f/s, grown %,.0f/s%n", round, atEmpty, atGrown);
            if (round > 0) {
                ofEmpty.add(atEmpty);
                ofGrown.add(atGrown);
            }
        }
        double atEmpty = Figures.median(ofEmpty, Double::doubleValue);
        double atGrown = Figures.median(ofGrown, Double::doubleValue);
        return new JsonObject()
                .put("emptyPerSecond", Figures.rounded(atEmpty))
                .put("grownPerSecond", Figures.rounded(atGrown))
                .put("ratio", Figures.rounded(atGrown / atEmpty));
    }

    private double post(TestBed bed, String database, Replica replica, int round) {
        History.forgetNew(bed.server(), database);
        Load load = Load.wrk(
                "post.lua",
                replica.address() + Replica.SMSCODE,
                CONNECTIONS,
                round == 0 ? WARM_UP * seconds : seconds,
                bed.tokens(),
                Load.THREADS);
        if (load.errors() > load.requests() / 1_000) {
            throw new IllegalStateException(load.toString());
        }
        return load.perSecond();
    }

    @Override
    public String markdown(JsonObject result) {
        JsonObject accept = result.getJsonObject("accept");
        StringBuilder text = new StringBuilder("""
                %,d old transactions and %,d users in the tables, beside empty ones, in turn, medians at %d connections:

                | | empty | grown | grown ÷ empty |
                |---|---|---|---|
                | accepted a second | %s | %s | **%s** |
                """.formatted(
                        result.getInteger("transactions"),
                        result.getInteger("users"),
                        CONNECTIONS,
                        accept.getValue("emptyPerSecond"),
                        accept.getValue("grownPerSecond"),
                        accept.getValue("ratio")));
        result.getJsonObject("background").forEach(entry -> {
            JsonObject each = (JsonObject) entry.getValue();
            text.append("| %s, ms a row | %s | %s | %.2f |%n"
                    .formatted(
                            entry.getKey(),
                            each.getValue("emptyMsPerRow"),
                            each.getValue("grownMsPerRow"),
                            each.getDouble("grownMsPerRow") / each.getDouble("emptyMsPerRow")));
        });
        return text.append("\n")
                .append(LongRun.markdown(result.getJsonObject("longRun")))
                .toString();
    }
}
