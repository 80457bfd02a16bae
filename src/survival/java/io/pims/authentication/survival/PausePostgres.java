package io.pims.authentication.survival;

import io.pims.authentication.Operation;
import io.pims.authentication.performance.Figures;
import io.pims.authentication.performance.Waits;
import io.pims.authentication.replica.Replica;
import io.pims.authentication.sandbox.FakeVonage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL stops answering, and says so to nobody. Drivers who ask for codes come all the time; everything else that
 * the service can be asked for is asked each second.
 */
final class PausePostgres implements Experiment {

    private static final int SECONDS = 45;
    private static final int PAUSE_S = 20;

    /** Longer than a refusal takes. */
    private static final int BEFORE_THE_END_S = 7;

    /** {@code pims.database.patience}, and the way there and back on a machine that has much to do. */
    private static final double LONGEST_MS = 6_500;

    private static final Duration BACK = Duration.ofSeconds(10);

    @Override
    public String what() {
        return "all processes of PostgreSQL stopped (SIGSTOP) for 20 s, while each operation is called each second";
    }

    @Override
    public JsonObject run() {
        PostgreSql server = Ordinary.newServer("pause-postgres");
        Plan plan =
                Plan.of("pause-postgres", server).settings(Map.of("pims.receipt.secret", FakeVonage.SIGNATURE_SECRET));
        try (Site site = new Site(server, plan).open();
                AllOperations all = new AllOperations(site)) {
            JsonObject result =
                    UnderLoad.run(site, server, UnderLoad.PER_SECOND, SECONDS, there -> pause(site, server, all));
            return judge(result, all.answers());
        }
    }

    private static void pause(Site site, PostgreSql server, AllOperations all) {
        Waits.seconds(1);
        server.pause();
        for (int second = 0; second < PAUSE_S; second++) {
            // The last ones would still wait when the server goes on, and be answered well.
            for (int place = 0; place < Site.REPLICAS && second < PAUSE_S - BEFORE_THE_END_S; place++) {
                all.call(site.replica(place));
            }
            Waits.seconds(1);
        }
        server.resume();
        all.awaitAnswers();
        for (int place = 0; place < Site.REPLICAS; place++) {
            Replica replica = site.replica(place);
            all.awaitWell(replica, BACK);
        }
    }

    private static JsonObject judge(JsonObject result, List<AllOperations.Told> answers) {
        JsonArray examples = result.getJsonArray("examples");
        List<String> wrong = answers.stream()
                .filter(told -> !told.isRefused() || told.tookMs() > LONGEST_MS)
                .map(AllOperations.Told::toString)
                .toList();
        wrong.stream().limit(20).forEach(examples::add);
        double longest =
                answers.stream().mapToDouble(AllOperations.Told::tookMs).max().orElse(0);
        return result.put("differences", result.getInteger("differences") + wrong.size())
                .put("longestRefusalMs", Figures.rounded(longest))
                .put(
                        "remark",
                        "%,d calls of all %d operations were refused with 503, 2204 and `Retry-After`, within %.1f s"
                                .formatted(answers.size(), Operation.values().length, longest / 1_000));
    }
}
