package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What a replica costs that nobody asks for anything. */
final class Idle implements Experiment {

    private static final int SETTLE_S = 20;

    static final String CALLS = "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s"
            + " JOIN pg_database d ON d.oid = s.dbid WHERE datname = '" + TestBed.DATABASE
            + "' AND query NOT LIKE '%pg_stat_statements%'";

    private final int seconds = Options.number("seconds", 60);

    @Override
    public JsonObject run() {
        try (TestBed bed = new TestBed("idle", 100, 0, Map.of("shared_preload_libraries", "pg_stat_statements"))) {
            bed.prepare();
            bed.server().execute("postgres", "CREATE EXTENSION pg_stat_statements");
            Replica replica = bed.start(Map.of(), TestBed.JAVA);
            Waits.seconds(SETTLE_S);
            double service = CpuTime.of(replica.pid());
            double calls = bed.server().number("postgres", CALLS);
            Waits.seconds(seconds);
            JsonObject result = new JsonObject()
                    .put("cpuPercent", Figures.rounded((CpuTime.of(replica.pid()) - service) * 100 / seconds))
                    .put(
                            "queriesPerSecond",
                            Figures.rounded((bed.server().number("postgres", CALLS) - calls) / seconds))
                    .put("residentMib", Figures.rounded(Memory.resident(replica.pid())));
            return result;
        }
    }

    @Override
    public String markdown(JsonObject result) {
        return """
                A replica of which nobody asks anything, from %d s after its start on:

                | CPU, %% of one processor | queries a second | resident MiB |
                |---|---|---|
                | %s | %s | %s |
                """.formatted(
                        SETTLE_S,
                        result.getValue("cpuPercent"),
                        result.getValue("queriesPerSecond"),
                        result.getValue("residentMib"));
    }
}
