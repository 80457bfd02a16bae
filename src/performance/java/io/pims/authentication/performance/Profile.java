package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where the time of an accepted request goes: the service's by Flight Recorder's samples, PostgreSQL's by
 * pg_stat_statements. Both cost a little themselves.
 */
final class Profile implements Experiment {

    private static final int CONNECTIONS = 64;
    private static final Path RECORDING = Path.of("target", "profile.jfr");

    private static final String STATEMENTS = """
            SELECT calls, round(total_exec_time::numeric, 1), round(wal_bytes / calls),
                CASE WHEN length(query) > 100 THEN left(query, 60) || ' ... ' || right(query, 35) ELSE query END
            FROM (SELECT calls, total_exec_time, wal_bytes, trim(regexp_replace(query, '\\s+', ' ', 'g')) AS query
                FROM pg_stat_statements) AS statements
            ORDER BY total_exec_time DESC LIMIT 20
            """;

    /** Statements on the page, the dearest first; all are in the JSON. */
    private static final int SHOWN = 5;

    private final int seconds = Options.number("seconds", 20);
    private final int drivers = Options.number("drivers", 60_000);
    private final int latencyMs = Options.number("latency", 250);

    @Override
    public JsonObject run() {
        try (TestBed bed =
                new TestBed("profile", drivers, latencyMs, Map.of("shared_preload_libraries", "pg_stat_statements"))) {
            List<String> java = TestBed.java(
                    Replica.JAVA,
                    512,
                    "-XX:FlightRecorderOptions=stackdepth=256",
                    "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + RECORDING.toAbsolutePath());
            bed.prepare();
            Replica replica = bed.start(Map.of(), java);
            bed.server().execute(TestBed.DATABASE, "CREATE EXTENSION pg_stat_statements");
            Steady.warmUp(replica, seconds, () -> {
                bed.post(replica, CONNECTIONS, seconds);
                bed.empty(TestBed.DATABASE);
            });
            Steady.awaitCalm(replica);
            bed.server().execute(TestBed.DATABASE, "SELECT pg_stat_statements_reset()");
            Instant begun = Instant.now();
            double service = CpuTime.of(replica.pid());
            double postgresql = bed.server().cpuSeconds();
            Load load = bed.post(replica, CONNECTIONS, seconds);
            service = CpuTime.of(replica.pid()) - service;
            postgresql = bed.server().cpuSeconds() - postgresql;
            System.out.printf(
                    "%,.0f requests/s; CPU of a request: service %.3f ms, PostgreSQL %.3f ms%n",
                    load.perSecond(), service * 1_000 / load.requests(), postgresql * 1_000 / load.requests());
            JsonArray statements = statements(bed, load.requests());
            replica.terminate();
            replica.awaitEnd(Duration.ofSeconds(60));
            Samples samples = Samples.read(RECORDING, begun, begun.plusSeconds(seconds));
            samples.print();
            return new JsonObject()
                    .put("perSecond", Figures.rounded(load.perSecond()))
                    .put("serviceCpuMs", Figures.rounded(service * 1_000 / load.requests()))
                    .put("postgresqlCpuMs", Figures.rounded(postgresql * 1_000 / load.requests()))
                    .put("statements", statements)
                    .put("samples", samples.json());
        }
    }

    @Override
    public String markdown(JsonObject result) {
        StringBuilder statements = new StringBuilder();
        result.getJsonArray("statements").stream()
                .map(JsonObject.class::cast)
                .limit(SHOWN)
                .forEach(each -> statements.append("| `%s` | %s | %s | %s |%n"
                        .formatted(
                                each.getString("statement").replace("|", "\\|"),
                                each.getValue("callsPerRequest"),
                                each.getValue("msPerRequest"),
                                each.getValue("walBytesPerCall"))));
        StringBuilder parts = new StringBuilder();
        result.getJsonObject("samples").getJsonArray("parts").stream()
                .map(JsonObject.class::cast)
                .forEach(each ->
                        parts.append("| %s | %s |%n".formatted(each.getString("name"), each.getValue("percent"))));
        return """
                At 64 connections and %,.0f requests a second, with both profilers on: a request takes %s ms of the
                service's CPU and %s ms of PostgreSQL's.

                | statement | calls a request | ms a request | WAL bytes a call |
                |---|---|---|---|
                %s
                | the service's CPU, by the nearest frame of Flight Recorder's samples | %% |
                |---|---|
                %s""".formatted(
                        result.getDouble("perSecond"),
                        result.getValue("serviceCpuMs"),
                        result.getValue("postgresqlCpuMs"),
                        statements,
                        parts);
    }

    private static JsonArray statements(TestBed bed, long requests) {
        JsonArray statements = new JsonArray();
        System.out.println("calls/request  ms/request  WAL bytes/call  statement");
        for (List<String> row : bed.server().rows(TestBed.DATABASE, STATEMENTS)) {
            double calls = Double.parseDouble(row.get(0)) / requests;
            double ms = Double.parseDouble(row.get(1)) / requests;
            System.out.printf("%13.2f  %10.3f  %14s  %s%n", calls, ms, row.get(2), row.get(3));
            statements.add(new JsonObject()
                    .put("callsPerRequest", Figures.rounded(calls))
                    .put("msPerRequest", Figures.rounded(ms))
                    .put("walBytesPerCall", Long.valueOf(row.get(2)))
                    .put("statement", row.get(3)));
        }
        return statements;
    }
}
