package io.pims.authentication.survival;

import io.pims.authentication.performance.Waits;
import io.vertx.core.json.JsonObject;
import java.util.Random;

/** The network between service and database breaks where it hurts most. */
final class CutCommit implements Experiment {

    private static final int SECONDS = 40;
    private static final int TROUBLE_S = 30;
    private static final double OF_COMMITS = 0.05;

    private final Random random = new Random(Experiments.seed());

    @Override
    public String what() {
        return "connections to PostgreSQL cut for 30 s by a TCP proxy: one in twenty when a COMMIT passes (before it"
                + " arrives, after half of it, or before its answer), and two a second at any moment";
    }

    @Override
    public JsonObject run() {
        PostgreSql server = Ordinary.newServer("cut-commit");
        try (Proxy proxy = new Proxy(server.port(), 0, random);
                Site site = new Site(server, Plan.of("cut-commit", server).hosts("127.0.0.1:" + proxy.port())).open()) {
            return UnderLoad.run(site, server, UnderLoad.PER_SECOND, SECONDS, there -> cut(proxy))
                    .put("remark", proxy.cuts() + " connections were cut");
        }
    }

    private static void cut(Proxy proxy) {
        proxy.cutCommits(OF_COMMITS);
        for (int time = 0; time < 2 * TROUBLE_S; time++) {
            Waits.seconds(0.5);
            proxy.cutAny();
        }
        proxy.cutCommits(0);
    }
}
