package io.pims.authentication.performance;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The service over tables with a long history beside the service over empty ones, in turn: how fast it accepts, what its
 * background work costs, and, over a long run, whether autovacuum keeps up.
 */
final class Growth implements Experiment {

    private static final String GROWN = "grown";
    private static final int CONNECTIONS = 64;

    private static final int LATENCY_MS = 20;

    /** Over and done with, and due for retention. */
    private static final int TOO_OLD = 20_000;

    /** Free to be claimed, and past its deadline: claimed as far as there is a place for it, and ended where it is. */
    private static final int LEFT_BEHIND = 5_000;

    /** Free to be claimed, with time enough to be sent. */
    private static final int BACKLOG = 10_000;

    private static final String DUE = "SELECT count(*) FROM sms_transaction WHERE status = 'PENDING'";

    private static final String CLAIM = "claim";
    private static final String EXPIRY = "expiry";
    private static final String RETENTION = "retention";

    private static final Map<String, String> STATEMENTS = Map.of(
            CLAIM, "UPDATE sms_transaction%SKIP LOCKED%",
            EXPIRY, "WITH done AS (%UPDATE sms_transaction%SKIP LOCKED%",
            RETENTION, "DELETE FROM sms_transaction%SKIP LOCKED%");

    /** @param rates requests a second, by round */
    private record Side(String database, Replica replica, List<Double> rates) {}

    /** Twice as many as usual: what the two sides differ by is less than two rounds of one side do. */
    private final int rounds = Options.number("rounds", 10);

    private final int seconds = Options.number("seconds", 6);
    private final int drivers = Options.number("drivers", 60_000);
    private final int minutes = Options.number("minutes", 10);
    private final int perSecond = Options.number("rate", 300);
    private final int transactions = Options.number("transactions", 10_000_000);
    private final int users = Options.number("users", 5_000_000);

    @Override
    public JsonObject run() {
        try (TestBed bed =
                new TestBed("growth", drivers, LATENCY_MS, Map.of("shared_preload_libraries", "pg_stat_statements"))) {
            bed.prepare();
            bed.server().execute("postgres", "CREATE EXTENSION pg_stat_statements");
            bed.server().execute("postgres", "CREATE DATABASE " + GROWN + " TEMPLATE " + TestBed.DATABASE);
            // Fewer checkpoints for the fill alone, which writes gigabytes.
            bed.server().execute("postgres", "ALTER SYSTEM SET max_wal_size = '8GB'", "SELECT pg_reload_conf()");
            History.write(bed.server(), GROWN, transactions, users);
            bed.server().execute("postgres", "ALTER SYSTEM RESET max_wal_size", "SELECT pg_reload_conf()");
            for (String database : List.of(TestBed.DATABASE, GROWN)) {
                History.writeDue(bed.server(), database, TOO_OLD, LEFT_BEHIND, BACKLOG);
            }
            Replica empty = bed.start(TestBed.DATABASE, Map.of(), TestBed.JAVA);
            Replica grown = bed.start(GROWN, Map.of(), TestBed.JAVA);
            JsonObject background = background(bed);
            JsonObject accept = accept(bed, empty, grown);
            empty.close();
            grown.close();
            JsonObject longRun = LongRun.over(bed, GROWN, perSecond, minutes * 60);
            return new JsonObject()
                    .put("transactions", transactions)
                    .put("users", users)
                    .put("accept", accept)
                    .put("background", background)
                    .put("longRun", longRun);
        }
    }

    /** What PostgreSQL says that the work beside the requests costs in each database. */
    private static JsonObject background(TestBed bed) {
        for (String database : List.of(TestBed.DATABASE, GROWN)) {
            // Retention begins a minute after the start.
            await().atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> bed.server().number(database, DUE) == 0 && rows(bed, database, RETENTION) >= TOO_OLD);
        }
        JsonObject result = new JsonObject();
        for (String statement : List.of(CLAIM, EXPIRY, RETENTION)) {
            JsonObject each = new JsonObject();
            Map<String, Double> usPerRow = new HashMap<>();
            for (String database : List.of(TestBed.DATABASE, GROWN)) {
                double rows = rows(bed, database, statement);
                if (rows == 0) {
                    throw new IllegalStateException("No %s in %s".formatted(statement, database));
                }
                double ms = bed.server().number("postgres", spent("total_exec_time", database, statement));
                usPerRow.put(database, ms * 1_000 / rows);
                String prefix = database.equals(GROWN) ? "grown" : "empty";
                each.put(prefix + "Rows", Math.round(rows))
                        .put(prefix + "UsPerRow", Figures.rounded(usPerRow.get(database)));
            }
            each.put("ratio", Figures.rounded(usPerRow.get(GROWN) / usPerRow.get(TestBed.DATABASE)));
            System.out.println(statement + " " + each.encode());
            result.put(statement, each);
        }
        return result;
    }

    private static double rows(TestBed bed, String database, String statement) {
        return bed.server().number("postgres", spent("rows", database, statement));
    }

    private static String spent(String column, String database, String statement) {
        return "SELECT coalesce(sum(" + column + "), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid"
                + " WHERE datname = '" + database + "' AND query LIKE '" + STATEMENTS.get(statement) + "'";
    }

    private JsonObject accept(TestBed bed, Replica empty, Replica grown) {
        Side ofEmpty = new Side(TestBed.DATABASE, empty, new ArrayList<>());
        Side ofGrown = new Side(GROWN, grown, new ArrayList<>());
        List<Side> sides = new ArrayList<>(List.of(ofEmpty, ofGrown));
        for (Side side : sides) {
            forget(bed, side);
            Steady.warmUp(side.replica(), seconds, () -> post(bed, side.replica()));
            forget(bed, side);
        }
        for (int round = 0; round < rounds; round++) {
            for (Side side : sides) {
                side.rates().add(post(bed, side.replica()));
                forget(bed, side);
            }
            System.out.printf(
                    "round %d: empty %,.0f/s, grown %,.0f/s%n",
                    round + 1, ofEmpty.rates().get(round), ofGrown.rates().get(round));
            // What follows the vacuum of ten million rows may have to wait for the disk: not always the same one.
            Collections.reverse(sides);
        }
        double atEmpty = Figures.median(ofEmpty.rates(), Double::doubleValue);
        double atGrown = Figures.median(ofGrown.rates(), Double::doubleValue);
        return new JsonObject()
                .put("emptyPerSecond", Figures.rounded(atEmpty))
                .put("grownPerSecond", Figures.rounded(atGrown))
                .put("ratio", Figures.rounded(atGrown / atEmpty))
                .put("emptyRounds", new JsonArray(rounded(ofEmpty.rates())))
                .put("grownRounds", new JsonArray(rounded(ofGrown.rates())));
    }

    private static List<Double> rounded(List<Double> figures) {
        return figures.stream().map(Figures::rounded).toList();
    }

    private double post(TestBed bed, Replica replica) {
        return bed.post(replica, CONNECTIONS, seconds).perSecond();
    }

    private static void forget(TestBed bed, Side side) {
        History.forgetNew(bed.server(), side.database());
        Steady.awaitCalm(side.replica());
    }

    @Override
    public String markdown(JsonObject result) {
        JsonObject accept = result.getJsonObject("accept");
        StringBuilder text = new StringBuilder("""
                %,d old transactions and %,d users in the tables, beside empty ones, in turn, medians at %d connections:

                | | empty | grown | grown ÷ empty |
                |---|---|---|---|
                | accepted a second | %,.0f | %,.0f | **%.2f** |
                """.formatted(
                        result.getInteger("transactions"),
                        result.getInteger("users"),
                        CONNECTIONS,
                        accept.getDouble("emptyPerSecond"),
                        accept.getDouble("grownPerSecond"),
                        accept.getDouble("ratio")));
        result.getJsonObject("background").forEach(entry -> {
            JsonObject each = (JsonObject) entry.getValue();
            text.append("| %s, µs a row | %s (%,d rows) | %s (%,d rows) | %.2f |%n"
                    .formatted(
                            entry.getKey(),
                            each.getValue("emptyUsPerRow"),
                            each.getInteger("emptyRows"),
                            each.getValue("grownUsPerRow"),
                            each.getInteger("grownRows"),
                            each.getDouble("ratio")));
        });
        text.append("\nAccepted, grown ÷ empty, round by round: ")
                .append(Figures.ratios(accept.getJsonArray("grownRounds"), accept.getJsonArray("emptyRounds")))
                .append(".\n");
        return text.append("\n")
                .append(LongRun.markdown(result.getJsonObject("longRun")))
                .toString();
    }
}
