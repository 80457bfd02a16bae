package io.pims.authentication.performance;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** Half of what one replica does, so that it is the setting that bounds two. */
    private static final int SENDS_PER_SECOND = 500;

    /** Of a ceiling, after one that warms up; without a latency the backlog is not enough for more than one. */
    private static final int WINDOWS = 3;

    private static final int NEW_PER_SECOND = 5;
    private static final int PROBES_PER_SECOND = 20;
    private static final int PART_S = 2;

    /** Long enough that no backlog here is too old to be sent. */
    private static final Map<String, String> PATIENT = Map.of("pims.transaction.deadline", "10m");

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
                    .put("backlogs", new JsonArray().add(drain(bed, 1, 0)).add(drain(bed, 2, SENDS_PER_SECOND)));
            return result;
        }
    }

    private JsonObject ceiling(TestBed bed, int latencyMs) {
        bed.empty(TestBed.DATABASE);
        bed.provider().answerAfter(latencyMs);
        History.writeBacklog(bed.server(), TestBed.DATABASE, BACKLOG);
        try (Replica replica = bed.start(PATIENT, TestBed.JAVA)) {
            Waits.seconds(seconds);
            List<Double> windows = Stream.generate(() -> sent(bed))
                    .limit(latencyMs > 0 ? WINDOWS : 1)
                    .toList();
            double perSecond = Figures.median(windows, Double::doubleValue);
            boolean enough = bed.server().number(TestBed.DATABASE, WAITING) > 0;
            if (!enough) {
                throw new IllegalStateException("The backlog was not long enough");
            }
            JsonObject result = new JsonObject()
                    .put("latencyMs", latencyMs)
                    .put("perSecond", Figures.rounded(perSecond))
                    .put("windows", windows.stream().map(Figures::rounded).toList());
            if (latencyMs > 0) {
                double ceiling = CLIENTS * 1_000.0 / latencyMs;
                result.put("ceiling", ceiling).put("ratio", Figures.rounded(perSecond / ceiling));
            }
            System.out.println(result.encode());
            return result;
        }
    }

    /** How many a second the provider takes for a while. */
    private double sent(TestBed bed) {
        long before = bed.provider().taken();
        Instant begun = Instant.now();
        Waits.seconds(seconds);
        return (bed.provider().taken() - before)
                * 1e9
                / Duration.between(begun, Instant.now()).toNanos();
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
            double[] delaysMs = delaysMs(bed, bed.provider().arrivals());
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
    private static double[] delaysMs(TestBed bed, Map<String, Instant> arrivals) {
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

    /**
     * A backlog to a provider that answers at once, while others go on asking one of the replicas, and some ask it
     * without a token, which takes an event loop alone.
     *
     * @param sendsPerSecond what all replicas may send together; 0 for as much as they can
     */
    private JsonObject drain(TestBed bed, int count, int sendsPerSecond) {
        bed.empty(TestBed.DATABASE);
        bed.provider().answerAfter(0);
        bed.provider().clear();
        History.writeBacklog(bed.server(), TestBed.DATABASE, BACKLOG);
        Map<String, String> settings = new HashMap<>(PATIENT);
        if (sendsPerSecond > 0) {
            settings.put("pims.dispatch.sends-per-second", Integer.toString(sendsPerSecond));
        }
        List<Replica> replicas = IntStream.range(0, count)
                .mapToObj(each -> bed.start(settings, TestBed.JAVA))
                .toList();
        try (Arrivals arrivals = new Arrivals(bed.tokens())) {
            // What one sends before all are ready does not count.
            long before = bed.provider().taken();
            Instant begun = Instant.now();
            String address = replicas.get(0).address();
            List<Arrivals.Answers> answers = new ArrayList<>();
            List<Arrivals.Answers> probes = new ArrayList<>();
            Map<String, Instant> atProvider = new HashMap<>();
            double most = 0;
            while (bed.server().number(TestBed.DATABASE, WAITING) > 0) {
                CompletableFuture<Arrivals.Answers> probed = CompletableFuture.supplyAsync(
                        () -> arrivals.postWithoutToken(address, PROBES_PER_SECOND, PART_S));
                answers.add(arrivals.post(address, NEW_PER_SECOND, PART_S));
                probes.add(probed.join());
                // The provider remembers the newest, more than it takes in the meantime.
                atProvider.putAll(bed.provider().arrivals());
                most = Math.max(
                        most,
                        replicas.stream()
                                .mapToDouble(replica -> Memory.resident(replica.pid()))
                                .max()
                                .orElseThrow());
            }
            double took = Duration.between(begun, Instant.now()).toMillis() / 1e3;
            double[] toProvider = newOnes(bed, atProvider);
            JsonObject result = new JsonObject()
                    .put("replicas", count)
                    .put("sendsPerSecond", sendsPerSecond)
                    .put("transactions", BACKLOG)
                    .put("perSecond", Figures.rounded((bed.provider().taken() - before) / took))
                    .put("seconds", Figures.rounded(took))
                    .put("new", toProvider.length)
                    .put(
                            "refused",
                            answers.stream().mapToInt(Arrivals.Answers::refused).sum())
                    .put("answeredP99Ms", p99Ms(answers))
                    .put("withoutTokenP99Ms", p99Ms(probes))
                    .put("toProviderP50Ms", Figures.rounded(Figures.percentile(toProvider, 50)))
                    .put("toProviderP99Ms", Figures.rounded(Figures.percentile(toProvider, 99)))
                    .put("residentMib", Figures.rounded(most));
            System.out.println(result.encode());
            return result;
        } finally {
            replicas.forEach(Replica::close);
        }
    }

    private static double p99Ms(List<Arrivals.Answers> answers) {
        double[] all = answers.stream()
                .flatMapToDouble(each -> Arrays.stream(each.latenciesMs()))
                .toArray();
        return Figures.rounded(Figures.percentile(all, 99));
    }

    /** How long those waited that were accepted while the backlog was there. */
    private static double[] newOnes(TestBed bed, Map<String, Instant> arrivals) {
        bed.server()
                .execute(
                        TestBed.DATABASE,
                        "DELETE FROM sms_transaction WHERE created_at = (SELECT min(created_at) FROM sms_transaction)");
        return delaysMs(bed, arrivals);
    }

    @Override
    public String markdown(JsonObject result) {
        StringBuilder text = new StringBuilder("""
                From a backlog, by %d clients at a time, medians of the windows of time beside them:

                | provider's latency, ms | SMS a second | windows | clients ÷ latency | ratio |
                |---|---|---|---|---|
                """.formatted(CLIENTS));
        result.getJsonArray("ceilings").stream()
                .map(JsonObject.class::cast)
                .forEach(each -> text.append("| %s | %s | %s | %s | %s |%n"
                        .formatted(
                                each.getValue("latencyMs"),
                                each.getValue("perSecond"),
                                each.getJsonArray("windows").stream()
                                        .map(Object::toString)
                                        .collect(Collectors.joining(", ")),
                                each.getValue("ceiling", "–"),
                                each.getValue("ratio", "–"))));
        text.append("""

                Requests at an even pace, from the record to the provider, for %d s after a warm-up of as many, in which HotSpot's
                compilers are not done yet:

                | requests a second | clients | provider's latency, ms | answered, p50 ms | p99 ms | at the provider, p50 ms | p99 ms |
                |---|---|---|---|---|---|---|
                """.formatted(seconds));
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
        text.append("""

                Backlogs of %,d to a provider that answers at once. Meanwhile one replica gets %d requests a second, and %d without a
                token, which take nothing but an event loop. All of the new ones count, from the first second on:

                | replicas | `sends-per-second` | SMS a second | done after, s | new ones | answered, p99 ms | at the provider, p50 ms | p99 ms | without a token answered, p99 ms | resident MiB, at most |
                |---|---|---|---|---|---|---|---|---|---|
                """.formatted(BACKLOG, NEW_PER_SECOND, PROBES_PER_SECOND));
        result.getJsonArray("backlogs").stream()
                .map(JsonObject.class::cast)
                .forEach(each -> text.append("| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |%n"
                        .formatted(
                                each.getValue("replicas"),
                                each.getInteger("sendsPerSecond") == 0 ? "–" : each.getValue("sendsPerSecond"),
                                each.getValue("perSecond"),
                                each.getValue("seconds"),
                                each.getValue("new"),
                                each.getValue("answeredP99Ms"),
                                each.getValue("toProviderP50Ms"),
                                each.getValue("toProviderP99Ms"),
                                each.getValue("withoutTokenP99Ms"),
                                each.getValue("residentMib"))));
        return text.toString();
    }
}
