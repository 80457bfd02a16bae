package io.pims.authentication.survival;

import io.pims.authentication.performance.Waits;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One replica lives in another time than the others, the database and the issuer. */
final class ClockOff implements Experiment {

    private static final int SECONDS = 50;
    private static final int PHASE_S = 12;

    /** Where Debian has it, by architecture. */
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));

    @Override
    public String what() {
        return "one replica's clock 5 minutes fast, then 5 minutes slow (libfaketime), and killed each time with what it"
                + " holds";
    }

    @Override
    public JsonObject run() {
        Optional<Path> library = LIBRARIES.stream().filter(Files::exists).findFirst();
        if (library.isEmpty()) {
            return new JsonObject().put("skipped", "no libfaketime; with Debian apt-get install faketime");
        }
        PostgreSql server = Ordinary.newServer("clock");
        try (Site site = new Site(server, Plan.of("clock", server)).open()) {
            return UnderLoad.run(site, server, UnderLoad.PER_SECOND, SECONDS, there -> {
                for (String offset : List.of("+5m", "-5m")) {
                    there.replica(0).kill();
                    there.launch(0, off(library.get(), offset));
                    there.replica(0).awaitReady();
                    Waits.seconds(PHASE_S);
                }
                there.replica(0).kill();
                there.restoreReplicas();
            });
        }
    }

    /** Becomes environment. The monotonic clock is left alone, as a wrong date leaves it. */
    private static Map<String, String> off(Path library, String offset) {
        return Map.of("LD_PRELOAD", library.toString(), "FAKETIME", offset, "FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }
}
