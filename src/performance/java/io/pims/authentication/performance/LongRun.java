package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Whole transactions at an even pace for minutes, and what they leave behind in the tables. */
final class LongRun {

    private static final Map<String, String> SETTINGS = Map.of("pims.sms.vonage.clients", "32");

    private static final int WARM_UP_S = 30;

    private static final String TABLES = """
            SELECT s.relname, n_live_tup, n_dead_tup, autovacuum_count, pg_total_relation_size(s.relid)
            FROM pg_stat_user_tables s WHERE s.relname <> 'flyway_schema_history' ORDER BY s.relname
            """;

    private static final String WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')";

    private LongRun() {}

    static JsonObject over(TestBed bed, String database, int perSecond, int seconds) {
        History.forgetNew(bed.server(), database);
        try (Replica replica = bed.start(database, SETTINGS, TestBed.JAVA);
                Arrivals arrivals = new Arrivals(bed.tokens())) {
            arrivals.post(replica.address(), perSecond, WARM_UP_S);
            List<List<String>> before = bed.server().rows(database, TABLES);
            double wal = bed.server().number(database, WAL);
            Arrivals.Answers answers = arrivals.post(replica.address(), perSecond, seconds);
            wal = bed.server().number(database, WAL) - wal;
            // Autovacuum looks every minute.
            Waits.seconds(Math.min(75, seconds));
            JsonObject result = new JsonObject()
                    .put("perSecond", perSecond)
                    .put("seconds", seconds)
                    .put("accepted", answers.accepted())
                    .put("refused", answers.refused())
                    .put("answeredP50Ms", Figures.rounded(answers.p50Ms()))
                    .put("answeredP99Ms", Figures.rounded(answers.p99Ms()))
                    .put("walBytesPerRequest", Math.round(wal / answers.accepted()))
                    .put("tables", tables(before, bed.server().rows(database, TABLES)));
            System.out.println(result.encode());
            return result;
        }
    }

    private static JsonArray tables(List<List<String>> before, List<List<String>> after) {
        JsonArray tables = new JsonArray();
        for (int each = 0; each < after.size(); each++) {
            List<String> row = after.get(each);
            long grown =
                    Long.parseLong(row.get(4)) - Long.parseLong(before.get(each).get(4));
            long vacuums =
                    Long.parseLong(row.get(3)) - Long.parseLong(before.get(each).get(3));
            tables.add(new JsonObject()
                    .put("table", row.get(0))
                    .put("rows", Long.valueOf(row.get(1)))
                    .put("deadRows", Long.valueOf(row.get(2)))
                    .put("autovacuums", vacuums)
                    .put("grownMib", Figures.rounded(grown / 1048576.0)));
        }
        return tables;
    }

    static String markdown(JsonObject result) {
        StringBuilder text = new StringBuilder("""
                %,d seconds of %d requests a second over the grown tables, SMS sent: %s bytes of WAL a request; answered after
                %s ms (p50), %s ms (p99); refused %d. What is left:

                | table | rows | dead rows | autovacuums | grown, MiB |
                |---|---|---|---|---|
                """.formatted(
                        result.getInteger("seconds"),
                        result.getInteger("perSecond"),
                        result.getValue("walBytesPerRequest"),
                        result.getValue("answeredP50Ms"),
                        result.getValue("answeredP99Ms"),
                        result.getInteger("refused")));
        result.getJsonArray("tables").stream()
                .map(JsonObject.class::cast)
                .forEach(each -> text.append("| `%s` | %,d | %,d | %d | %s |%n"
                        .formatted(
                                each.getString("table"),
                                each.getLong("rows"),
                                each.getLong("deadRows"),
                                each.getLong("autovacuums"),
                                each.getValue("grownMib"))));
        return text.toString();
    }
}
