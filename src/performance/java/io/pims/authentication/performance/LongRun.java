package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whole transactions at an even pace for minutes, and what they leave behind in the tables. */
final class LongRun {

    private static final Map<String, String> SETTINGS = Map.of("pims.sms.vonage.clients", "32");

    private static final int WARM_UP_S = 30;

    /** How many dead rows autovacuum waits for: PostgreSQL's documentation, "The Autovacuum Daemon". */
    private static final String TABLES = """
            SELECT s.relname, n_live_tup, n_dead_tup, autovacuum_count, pg_total_relation_size(s.relid),
                (SELECT round(coalesce(max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_threshold'),
                            current_setting('autovacuum_vacuum_threshold'))::numeric
                        + coalesce(max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_scale_factor'),
                            current_setting('autovacuum_vacuum_scale_factor'))::numeric * greatest(reltuples, 0)::numeric)
                    FROM pg_options_to_table(reloptions)),
                (SELECT free_space + dead_tuple_len FROM pgstattuple(s.relid))
            FROM pg_stat_user_tables s JOIN pg_class ON pg_class.oid = s.relid
            WHERE s.relname <> 'flyway_schema_history' ORDER BY s.relname
            """;

    private static final double MIB = 1 << 20;

    private static final String WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')";

    private LongRun() {}

    static JsonObject over(TestBed bed, String database, int perSecond, int seconds) {
        History.forgetNew(bed.server(), database);
        bed.server().execute(database, "CREATE EXTENSION pgstattuple");
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
            List<String> rowBefore = before.get(each);
            tables.add(new JsonObject()
                    .put("table", row.get(0))
                    .put("rows", Long.valueOf(row.get(1)))
                    .put("deadRows", Long.valueOf(row.get(2)))
                    .put("autovacuumFrom", Long.valueOf(row.get(5)))
                    .put("autovacuums", Math.round(grown(row, rowBefore, 3)))
                    .put("grownMib", Figures.rounded(grown(row, rowBefore, 4) / MIB))
                    .put("unusedGrownMib", Figures.rounded(grown(row, rowBefore, 6) / MIB)));
        }
        return tables;
    }

    private static double grown(List<String> row, List<String> before, int column) {
        return Double.parseDouble(row.get(column)) - Double.parseDouble(before.get(column));
    }

    /** Autovacuum keeps up if no table has more dead rows than it waits for; it looks once a minute. */
    private static String verdict(JsonObject result) {
        String behind = result.getJsonArray("tables").stream()
                .map(JsonObject.class::cast)
                .filter(table -> table.getLong("deadRows") > table.getLong("autovacuumFrom"))
                .map(table -> "`" + table.getString("table") + "`")
                .collect(Collectors.joining(", "));
        return behind.isEmpty()
                ? "no table has more dead rows than autovacuum waits for: it keeps up"
                : "more dead rows than autovacuum waits for, so that it is behind, in " + behind;
    }

    static String markdown(JsonObject result) {
        StringBuilder text = new StringBuilder("""
                %,d seconds of %d requests a second over the grown tables, SMS sent: %s bytes of WAL a request; answered after
                %s ms (p50), %s ms (p99); refused %d. A minute later %s. Grown is the
                table with its indexes, by new rows as well; unused is what is dead or free in the table itself (`pgstattuple`).

                | table | rows | dead rows | autovacuum waits for | autovacuums | grown, MiB | unused, grown by MiB |
                |---|---|---|---|---|---|---|
                """.formatted(
                        result.getInteger("seconds"),
                        result.getInteger("perSecond"),
                        result.getValue("walBytesPerRequest"),
                        result.getValue("answeredP50Ms"),
                        result.getValue("answeredP99Ms"),
                        result.getInteger("refused"),
                        verdict(result)));
        result.getJsonArray("tables").stream()
                .map(JsonObject.class::cast)
                .forEach(each -> text.append("| `%s` | %,d | %,d | %,d | %d | %s | %s |%n"
                        .formatted(
                                each.getString("table"),
                                each.getLong("rows"),
                                each.getLong("deadRows"),
                                each.getLong("autovacuumFrom"),
                                each.getLong("autovacuums"),
                                each.getValue("grownMib"),
                                each.getValue("unusedGrownMib"))));
        return text.toString();
    }
}
