package io.pims.authentication.survival;

import io.pims.authentication.performance.Waits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Trouble while drivers ask for codes at an even pace, and the checker's word on it when all has settled. */
final class UnderLoad {

    static final int PER_SECOND = 100;

    /** Before the trouble begins: the JVMs have to get going. */
    private static final int CALM_S = 5;

    private UnderLoad() {}

    /** What goes wrong; when it returns the database is to be there again, and whatever else is needed. */
    interface Trouble {
        void happen(Site site);
    }

    static JsonObject run(Site site, PostgreSql primary, int perSecond, int seconds, Trouble trouble) {
        Clients clients = site.clients();
        CompletableFuture<Void> happening = CompletableFuture.runAsync(() -> {
            Waits.seconds(CALM_S);
            trouble.happen(site);
        });
        clients.ask(perSecond, seconds);
        happening.join();
        return settled(site, primary);
    }

    /** Everybody is answered, everything final; then the logs are held against each other. */
    static JsonObject settled(Site site, PostgreSql primary) {
        Clients clients = site.clients();
        clients.awaitAnswers();
        site.restoreReplicas();
        site.awaitFinal(primary, Bounds.SHIPPED);
        List<Row> rows = site.rowsAfterRestart(primary);
        List<Asked> asked = clients.log();
        List<Call> calls = site.provider().calls();
        List<String> differences =
                new Checker(Bounds.SHIPPED, asked, rows, calls, site.provider().returns()).differences();
        return Tally.of(asked, rows, calls)
                .put("differences", differences.size())
                .put(
                        "examples",
                        new JsonArray(
                                new ArrayList<>(differences.stream().limit(20).toList())));
    }
}
