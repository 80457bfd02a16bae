package io.pims.authentication.performance;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast the service hands SMS to a provider that takes its time: from a backlog against what so many calls at once
 * can do, and from the request to the provider at an even pace.
 */
final class Sending implements Experiment {

    private static final List<Integer> LATENCIES_MS = List.of(0, 50, 200);
    private static final int BACKLOG = 50_000;

    /** As {@code pims.sms.vonage.clients} is set by default. */
    private static final int CLIENTS = 8;

    /** Enough for the fast pace, at the latency that goes with it. */
    private static final int MORE_CLIENTS = 32;

    /** Long enough that no backlog here is too old to be sent. */
    private static final Map<String, String> PATIENT = Map.of("pims.transaction.deadline", "10m");

    /** What is accepted by nobody in particular and free to be claimed; the codes derive from any id. */
    private static final String RECORD = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, code_id, code_key_id,
                code_expires_at, language, brand, status, created_at, deadline, attempts, lease, lease_until)
            SELECT CAST(lpad(to_hex(CAST(extract(epoch FROM now()) * 1000 AS bigint)), 12, '0')
                    || '7' || substr(md5(user_id), 2, 19) AS uuid), user_id, 'resetPIN', number, number_key_id,
                number_hash, gen_random_uuid(), 'it', now() + interval '10 min', 'en', '', 'PENDING', now(),
                now() + interval '10 min', 0, 0, now()
            FROM trusted_phone_number
            """;

    private static final String WAITING = "SELECT count(*) FROM sms_transaction WHERE status = 'PENDING'";

    private final int seconds = Options.number("seconds", 20);

    @Override
    public JsonObject run() {
        try (TestBed bed = new TestBed("sending", BACKLOG, 0, Map.of())) {
            bed.prepare();
            JsonArray ceilings = new JsonArray();
            LATENCIES_MS.forEach(latency -> ceilings.add(ceiling(bed, latency)));
            JsonArray paces = new JsonArray().add(pace(bed, 30, 200, CLIENTS)).add(pace(bed, 300, 50, MORE_CLIENTS));
            JsonObject result = new JsonObject()
                    .put("ceilings", ceilings)
                    .put("paces", paces)
                    .put("backlog", drain(bed));
            return result;
        }
    }

    private JsonObject ceiling(TestBed bed, int latencyMs) {
        bed.empty(TestBed.DATABASE);
        bed.provider().answerAfter(latencyMs);
        bed.server().execute(TestBed.DATABASE, RECORD);
        try (Replica replica = bed.start(PATIENT, TestBed.JAVA)) {
            Waits.seconds(seconds);
            long before = bed.provider().taken();
            Instant begun = Instant.now();
            Waits.seconds(seconds);
            double perSecond = (bed.provider().taken() - before)
                    * 1e9
                    / Duration.between(begun, Instant.now()).toNanos();
            boolean enough = bed.server().number(TestBed.DATABASE, WAITING) > 0;
            if (!enough) {
                throw new IllegalStateException("The backlog was not long enough");
            }
            JsonObject result =
                    new JsonObject().put("latencyMs", latencyMs).put("perSecond", Figures.rounded(perSecond));
            if (latencyMs > 0) {
                double ceiling = CLIENTS * 1_000.0 / latencyMs;
                result.put("ceiling", ceiling).put("ratio", Figures.rounded(perSecond / ceiling));
            }
            System.out.println(result.encode());
            return result;
        }
    }

    private JsonObject pace(TestBed bed, int perSecond, int latencyMs, int clients) {
        bed.empty(TestBed.DATABASE);
        bed.provider().answerAfter(latencyMs);
        Map<String, String> settings = new HashMap<>(PATIENT);
        settings.put("pims.sms.vonage.clients", Integer.toString(clients));
        try (Replica replica = bed.start(settings, TestBed.JAVA);
                Arrivals arrivals = new Arrivals(bed.tokens())) {
            arrivals.post(replica.address(), perSecond, seconds);
            awaitSent(bed);
            bed.provider().clear();
            bed.empty(TestBed.DATABASE);
            Arrivals.Answers answers = arrivals.post(replica.address(), perSecond, seconds);
            awaitSent(bed);
            double[] delaysMs = delaysMs(bed);
            JsonObject result = new JsonObject()
                    .put("perSecond", perSecond)
                    .put("latencyMs", latencyMs)
                    .put("clients", clients)
                    .put("refused", answers.refused())
                    .put("answeredP50Ms", Figures.rounded(answers.p50Ms()))
                    .put("answeredP99Ms", Figures.rounded(answers.p99Ms()))
                    .put("toProviderP50Ms", Figures.rounded(Figures.percentile(delaysMs, 50)))
                    .put("toProviderP99Ms", Figures.rounded(Figures.percentile(delaysMs, 99)));
            System.out.println(result.encode());
            return result;
        }
    }

    /** From the time of the record in the database to the arrival at the provider. */
    private static double[] delaysMs(TestBed bed) {
        Map<String, Instant> arrivals = bed.provider().arrivals();
        return bed
                .server()
                .rows(
                        TestBed.DATABASE,
                        "SELECT id, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                                + " FROM sms_transaction")
                .stream()
                .filter(row -> arrivals.containsKey(row.get(0)))
                .mapToDouble(row -> Duration.between(Instant.parse(row.get(1)), arrivals.get(row.get(0)))
                                .toNanos()
                        / 1e6)
                .toArray();
    }

    private static void awaitSent(TestBed bed) {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> bed.server().number(TestBed.DATABASE, WAITING) == 0);
    }

    /** A backlog to a provider that answers at once, while others go on asking. */
    private JsonObject drain(TestBed bed) {
        bed.empty(TestBed.DATABASE);
        bed.provider().answerAfter(0);
        bed.provider().clear();
        bed.server().execute(TestBed.DATABASE, RECORD);
        try (Replica replica = bed.start(PATIENT, TestBed.JAVA);
                Arrivals arrivals = new Arrivals(bed.tokens())) {
            Instant begun = Instant.now();
            double most = 0;
            Arrivals.Answers answers = null;
            while (bed.server().number(TestBed.DATABASE, WAITING) > 0) {
                answers = arrivals.post(replica.address(), 5, 5);
                most = Math.max(most, Memory.resident(replica.pid()));
            }
            double took = Duration.between(begun, Instant.now()).toMillis() / 1e3;
            double perSecond = bed.provider().taken() / took;
            double[] newOnes = newOnes(bed);
            JsonObject result = new JsonObject()
                    .put("transactions", BACKLOG)
                    .put("perSecond", Figures.rounded(perSecond))
                    .put("seconds", Figures.rounded(took))
                    .put("answeredP99Ms", Figures.rounded(answers.p99Ms()))
                    .put("toProviderP50Ms", Figures.rounded(Figures.percentile(newOnes, 50)))
                    .put("toProviderP99Ms", Figures.rounded(Figures.percentile(newOnes, 99)))
                    .put("residentMib", Figures.rounded(most));
            System.out.println(result.encode());
            return result;
        }
    }

    /** How long those waited that were accepted while the backlog was there; the provider's log holds the newest. */
    private static double[] newOnes(TestBed bed) {
        bed.server()
                .execute(
                        TestBed.DATABASE,
                        "DELETE FROM sms_transaction WHERE created_at = (SELECT min(created_at) FROM sms_transaction)");
        return delaysMs(bed);
    }

    @Override
    public String markdown(JsonObject result) {
        StringBuilder text = new StringBuilder("""
                From a backlog, by %d clients at a time:

                | provider's latency, ms | SMS a second | clients ÷ latency | ratio |
                |---|---|---|---|
                """.formatted(CLIENTS));
        result.getJsonArray("ceilings").stream()
                .map(JsonObject.class::cast)
                .forEach(each -> text.append("| %s | %s | %s | %s |%n"
                        .formatted(
                                each.getValue("latencyMs"),
                                each.getValue("perSecond"),
                                each.getValue("ceiling", "–"),
                                each.getValue("ratio", "–"))));
        text.append("""

                Requests at an even pace, from the record to the provider:

                | requests a second | clients | provider's latency, ms | answered, p50 ms | p99 ms | at the provider, p50 ms | p99 ms |
                |---|---|---|---|---|---|---|
                """);
        result.getJsonArray("paces").stream()
                .map(JsonObject.class::cast)
                .forEach(each -> text.append("| %s | %s | %s | %s | %s | %s | %s |%n"
                        .formatted(
                                each.getValue("perSecond"),
                                each.getValue("clients"),
                                each.getValue("latencyMs"),
                                each.getValue("answeredP50Ms"),
                                each.getValue("answeredP99Ms"),
                                each.getValue("toProviderP50Ms"),
                                each.getValue("toProviderP99Ms"))));
        JsonObject backlog = result.getJsonObject("backlog");
        return text.append("""

                        A backlog of %,d to a provider that answers at once, 5 requests a second meanwhile:

                        | SMS a second | done after, s | new ones answered, p99 ms | at the provider, p50 ms | p99 ms | resident MiB |
                        |---|---|---|---|---|---|
                        | %s | %s | %s | %s | %s | %s |
                        """.formatted(
                                backlog.getInteger("transactions"),
                                backlog.getValue("perSecond"),
                                backlog.getValue("seconds"),
                                backlog.getValue("answeredP99Ms"),
                                backlog.getValue("toProviderP50Ms"),
                                backlog.getValue("toProviderP99Ms"),
                                backlog.getValue("residentMib")))
                .toString();
    }
}
