package io.pims.authentication.performance;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Replica;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Many requests that wait for their outcomes at one replica, while another one sends: the transactions are put into the
 * database under another's lease, and finished there as another replica would, each in a SQL transaction of its own.
 */
final class Waiting implements Experiment {

    private static final int WAIT_S = 20;

    /** So that all are there in half of the time that they wait. */
    private static final int ARRIVALS_PER_SECOND = 500;

    private static final double WATCHED_S = 3;
    private static final int CALM = 20;

    private static final String RECORD = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand, status,
                created_at, deadline, attempts, lease, lease_owner, lease_until)
            SELECT CAST('01900000-0000-7000-8000-' || lpad(to_hex(each), 12, '0') AS uuid), user_id, 'resetPIN', number,
                number_key_id, number_hash, 'en', '', 'PENDING', now(), now() + interval '1 h', 1, 1,
                '00000000-0000-4000-8000-000000000000', now() + interval '1 h'
            FROM trusted_phone_number, generate_series(1, %d) AS each WHERE user_id = '%s'
            """;

    private static final String FINISH = """
            WITH done AS (
                UPDATE sms_transaction SET status = 'SUCCEEDED', finished_at = now() WHERE id = ? RETURNING id, status)
            SELECT pg_notify('sms_transaction', concat_ws(' ', id, status)) FROM done
            """;

    private final int waiters = Options.number("waiters", 5_000);

    @Override
    public JsonObject run() {
        try (TestBed bed = new TestBed("waiting", 1, 0, Map.of("shared_preload_libraries", "pg_stat_statements"))) {
            bed.prepare();
            bed.server().execute("postgres", "CREATE EXTENSION pg_stat_statements");
            Replica replica = bed.start(Map.of(), TestBed.JAVA);
            // Growing crowds warm up the service and this JVM.
            for (int part : List.of(20, 10, 5, 2)) {
                crowd(bed, replica, waiters / part);
            }
            return crowd(bed, replica, waiters);
        }
    }

    private JsonObject crowd(TestBed bed, Replica replica, int waiters) {
        bed.empty(TestBed.DATABASE);
        try (Arrivals arrivals = new Arrivals(bed.tokens())) {
            JsonObject result = crowd(bed, replica, arrivals, waiters);
            System.out.println(result.encode());
            return result;
        }
    }

    private JsonObject crowd(TestBed bed, Replica replica, Arrivals arrivals, int waiters) {
        String user = TestBed.user(1);
        bed.server().execute(TestBed.DATABASE, RECORD.formatted(waiters, user));
        double liveBefore = Memory.live(replica.pid());
        List<Future<Long>> answers =
                arrivals.get(urls(replica, waiters), ARRIVALS_PER_SECOND, token(bed), "Prefer", "wait=" + WAIT_S);
        awaitCalm(bed);
        double queries = queries(bed);
        Waits.seconds(WATCHED_S);
        queries = queries(bed) - queries;
        double live = Memory.live(replica.pid());
        double resident = Memory.resident(replica.pid());
        List<Long> finished = finish(bed, waiters);
        await().atMost(Duration.ofSeconds(WAIT_S)).until(() -> answers.stream().allMatch(Future::isComplete));
        double[] wokenMs = new double[waiters];
        for (int each = 0; each < waiters; each++) {
            if (answers.get(each).failed()) {
                throw new IllegalStateException(answers.get(each).cause());
            }
            wokenMs[each] = (answers.get(each).result() - finished.get(each)) / 1e6;
        }
        return new JsonObject()
                .put("waiters", waiters)
                .put("heapKibPerWaiter", Figures.rounded((live - liveBefore) * 1024 / waiters))
                .put("residentMib", Figures.rounded(resident))
                .put("queriesPerSecond", Figures.rounded(queries / WATCHED_S))
                .put("wokenP50Ms", Figures.rounded(Figures.percentile(wokenMs, 50)))
                .put("wokenP99Ms", Figures.rounded(Figures.percentile(wokenMs, 99)));
    }

    private static List<String> urls(Replica replica, int waiters) {
        List<String> urls = new ArrayList<>();
        for (int each = 1; each <= waiters; each++) {
            urls.add(replica.address() + Replica.SMSCODE + "/" + id(each));
        }
        return urls;
    }

    private static UUID id(int each) {
        return UUID.fromString("01900000-0000-7000-8000-%012x".formatted(each));
    }

    private static String token(TestBed bed) {
        try {
            return Files.readAllLines(bed.tokens()).get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each looks up its transaction when it comes. */
    private static void awaitCalm(TestBed bed) {
        double before = queries(bed);
        for (int tries = 0; tries < WAIT_S; tries++) {
            Waits.seconds(0.25);
            double now = queries(bed);
            if (now - before < CALM) {
                return;
            }
            before = now;
        }
    }

    /** Of the service, while the requests wait. */
    private static double queries(TestBed bed) {
        return bed.server().number("postgres", Idle.CALLS);
    }

    /** @return when each was committed, {@link System#nanoTime()} */
    private static List<Long> finish(TestBed bed, int waiters) {
        try (Connection connection = bed.server().connect(TestBed.DATABASE);
                PreparedStatement statement = connection.prepareStatement(FINISH)) {
            List<Long> finished = new ArrayList<>();
            for (int each = 1; each <= waiters; each++) {
                statement.setObject(1, id(each));
                statement.execute();
                finished.add(System.nanoTime());
            }
            return finished;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String markdown(JsonObject result) {
        return """
                Requests with `Prefer: wait=%d`, all at one replica and of one driver, each for another transaction and on a
                connection of its own. The outcomes are written one after the other, past that replica, as another one would.
                Woken: from the commit of an outcome to the whole answer, which tells it, at the client.

                | waiting | heap of each, KiB | resident with all, MiB | queries a second meanwhile | woken, p50 ms | p99 ms |
                |---|---|---|---|---|---|
                | %,d | %s | %s | %s | %s | %s |
                """.formatted(
                        WAIT_S,
                        result.getInteger("waiters"),
                        result.getValue("heapKibPerWaiter"),
                        result.getValue("residentMib"),
                        result.getValue("queriesPerSecond"),
                        result.getValue("wokenP50Ms"),
                        result.getValue("wokenP99Ms"));
    }
}
