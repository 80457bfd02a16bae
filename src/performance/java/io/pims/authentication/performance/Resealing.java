package io.pims.authentication.performance;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests at an even pace while the numbers of millions of drivers are encrypted anew, beside the same requests while that
 * rests, in turn, at one replica.
 */
final class Resealing implements Experiment {

    private static final String KEYS = "pims.trustedphonenumber.encryption-keys";
    private static final String NEW_KEY = "anew";
    private static final int LATENCY_MS = 20;
    private static final int WRITTEN_AT_ONCE = 50_000;
    private static final int WARM_UP_S = 30;

    private static final String DONE =
            "SELECT count(*) FROM trusted_phone_number WHERE number_key_id = '" + NEW_KEY + "'";

    private final int rounds = Options.number("rounds", 5);
    private final int seconds = Options.number("seconds", 60);
    private final int drivers = Options.number("drivers", 60_000);
    private final int perSecond = Options.number("rate", 300);
    private final int users = Options.number("users", 5_000_000);

    /** @param resealedPerSecond numbers; 0 while it rests */
    private record Round(double p50Ms, double p99Ms, int refused, double resealedPerSecond) {}

    @Override
    public JsonObject run() {
        try (TestBed bed = new TestBed("resealing", drivers, LATENCY_MS, Map.of())) {
            bed.prepare();
            write(bed);
            Replica replica = bed.start(Map.of(KEYS, newKey() + "," + bed.setting(KEYS)), TestBed.JAVA);
            try (Arrivals arrivals = new Arrivals(bed.tokens())) {
                turn(bed, "infinity");
                arrivals.post(replica.address(), perSecond, WARM_UP_S);
                return measure(bed, replica, arrivals);
            }
        }
    }

    /** Takes minutes: each number is encrypted as the service does it. */
    private void write(TestBed bed) {
        for (int begin = 0; begin < users; begin += WRITTEN_AT_ONCE) {
            Map<String, String> numbers = new LinkedHashMap<>();
            for (int each = begin; each < Math.min(users, begin + WRITTEN_AT_ONCE); each++) {
                numbers.put("old-" + each, "+336%08d".formatted(20_000_000 + each));
            }
            bed.certify(numbers);
        }
        bed.server().execute(TestBed.DATABASE, "VACUUM (FREEZE, ANALYZE)", "CHECKPOINT");
    }

    private static String newKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return NEW_KEY + ":" + Base64.getEncoder().encodeToString(key);
    }

    /** Lets it rest for ever, or begin at once. */
    private static void turn(TestBed bed, String nextAt) {
        bed.server().execute(TestBed.DATABASE, "UPDATE job_turn SET next_at = '" + nextAt + "' WHERE job = 'reseal'");
    }

    private JsonObject measure(TestBed bed, Replica replica, Arrivals arrivals) {
        List<Round> resting = new ArrayList<>();
        List<Round> resealing = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (boolean reseals : round % 2 == 0 ? new boolean[] {false, true} : new boolean[] {true, false}) {
                History.forgetNew(bed.server(), TestBed.DATABASE);
                Round measured = round(bed, replica, arrivals, reseals);
                (reseals ? resealing : resting).add(measured);
                System.out.printf("round %d, %s: %s%n", round + 1, reseals ? "resealing" : "resting", measured);
            }
        }
        double p99Resting = Figures.median(resting, Round::p99Ms);
        double p99Resealing = Figures.median(resealing, Round::p99Ms);
        return new JsonObject()
                .put("users", users)
                .put("perSecond", perSecond)
                .put("seconds", seconds)
                .put("resting", figures(resting))
                .put("resealing", figures(resealing))
                .put("p99Ratio", Figures.rounded(p99Resealing / p99Resting))
                .put("resealedPerSecond", Figures.rounded(Figures.median(resealing, Round::resealedPerSecond)));
    }

    private Round round(TestBed bed, Replica replica, Arrivals arrivals, boolean reseals) {
        double before = done(bed);
        if (reseals) {
            turn(bed, "-infinity");
            await().atMost(Duration.ofSeconds(30)).until(() -> done(bed) > before);
        }
        double begun = done(bed);
        Arrivals.Answers answers = arrivals.post(replica.address(), perSecond, seconds);
        double resealed = done(bed) - begun;
        // A turn that is under way puts the next one off by itself.
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            turn(bed, "infinity");
            double now = done(bed);
            Waits.seconds(2);
            return done(bed) == now;
        });
        return new Round(
                Figures.rounded(answers.p50Ms()),
                Figures.rounded(answers.p99Ms()),
                answers.refused(),
                Figures.rounded(resealed / answers.seconds()));
    }

    private static double done(TestBed bed) {
        return bed.server().number(TestBed.DATABASE, DONE);
    }

    private static JsonObject figures(List<Round> side) {
        return new JsonObject()
                .put("p50Ms", Figures.rounded(Figures.median(side, Round::p50Ms)))
                .put("p99Ms", Figures.rounded(Figures.median(side, Round::p99Ms)))
                .put("refused", side.stream().mapToInt(Round::refused).sum())
                .put("p99Rounds", new JsonArray(side.stream().map(Round::p99Ms).toList()));
    }

    @Override
    public String markdown(JsonObject result) {
        JsonObject resting = result.getJsonObject("resting");
        JsonObject resealing = result.getJsonObject("resealing");
        return """
                %,d numbers on file, %d requests a second for %d s, SMS sent, with and without numbers being encrypted anew beside it,
                in turn, medians. %,.0f numbers a second were.

                | | resting | resealing | resealing ÷ resting |
                |---|---|---|---|
                | answered, p50, ms | %s | %s | %.2f |
                | answered, p99, ms | %s | %s | **%.2f** |
                | refused | %d | %d | |

                p99, resealing ÷ resting, round by round: %s.
                """.formatted(
                        result.getInteger("users"),
                        result.getInteger("perSecond"),
                        result.getInteger("seconds"),
                        result.getDouble("resealedPerSecond"),
                        resting.getValue("p50Ms"),
                        resealing.getValue("p50Ms"),
                        resealing.getDouble("p50Ms") / resting.getDouble("p50Ms"),
                        resting.getValue("p99Ms"),
                        resealing.getValue("p99Ms"),
                        result.getDouble("p99Ratio"),
                        resting.getInteger("refused"),
                        resealing.getInteger("refused"),
                        Figures.ratios(resealing.getJsonArray("p99Rounds"), resting.getJsonArray("p99Rounds")));
    }
}
