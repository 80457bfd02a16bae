package io.pims.authentication.survival;

import io.pims.authentication.performance.Waits;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** The primary is lost for good, and the synchronous standby takes over. */
final class PromoteStandby implements Experiment {

    private static final int SECONDS = 40;
    private static final int NOTICED_S = 3;

    @Override
    public String what() {
        return "`kill -9` of the primary, which stays dead; 3 s later its synchronous standby is promoted, and both were"
                + " in the URLs from the beginning";
    }

    @Override
    public JsonObject run() {
        PostgreSql original = Ordinary.newServer("promote-standby");
        original.stop();
        try (PostgreSql standby = standbyOf(original);
                PostgreSql primary = original.with(Map.of("synchronous_standby_names", "*"))) {
            primary.start();
            standby.start();
            Plan plan = Plan.of("promote-standby", primary)
                    .hosts("127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port());
            try (Site site = new Site(primary, plan).open()) {
                return UnderLoad.run(site, standby, UnderLoad.PER_SECOND, SECONDS, there -> {
                    primary.kill();
                    Waits.seconds(NOTICED_S);
                    standby.execute("postgres", "SELECT pg_promote()");
                });
            }
        }
    }

    private static PostgreSql standbyOf(PostgreSql stopped) {
        Map<String, String> settings =
                Map.of("primary_conninfo", "host=127.0.0.1 user=" + PostgreSql.USER + " port=" + stopped.port());
        PostgreSql standby = stopped.copyTo(stopped.folder().resolveSibling("standby"), settings);
        try {
            Files.createFile(standby.folder().resolve("data").resolve("standby.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return standby;
    }
}
