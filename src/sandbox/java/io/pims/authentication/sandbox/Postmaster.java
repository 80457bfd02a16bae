package io.pims.authentication.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The main process of a PostgreSQL server, found by the pid file in its data directory. It is driven by signals,
 * which, unlike pg_ctl, work for root too (https://www.postgresql.org/docs/current/server-shutdown.html).
 */
record Postmaster(ProcessHandle process) {

    private static final String PID_FILE = "postmaster.pid";

    /**
     * The living server of the data directory, if there is one. The number in the pid file alone proves nothing:
     * after a reboot it may be anybody's, hence the look at the command line.
     */
    static Optional<Postmaster> of(Path data) {
        return pid(data)
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                        .isPresent())
                .map(Postmaster::new);
    }

    /** Waits for the clients to leave, lets no new one in, and after {@code patience} sends them away. */
    void stopAfterClients(Duration patience) {
        if (!ends("TERM", patience)) {
            stop();
        }
    }

    /** Sends the clients away and writes everything to disk; the harsher ways are only for a server that hangs. */
    void stop() {
        List<ProcessHandle> backends = process.descendants().toList();
        if (ends("INT", Duration.ofSeconds(15)) || crashes()) {
            return;
        }
        backends.forEach(ProcessHandle::destroyForcibly);
        ends("KILL", Duration.ofSeconds(5));
    }

    /** As after a power cut: the next start recovers from the write-ahead log. */
    boolean crashes() {
        return ends("QUIT", Duration.ofSeconds(5));
    }

    private boolean ends(String signal, Duration patience) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | IOException | ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<Long> pid(Path data) {
        try (var lines = Files.lines(data.resolve(PID_FILE))) {
            return lines.findFirst().map(String::strip).map(Long::valueOf);
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    /**
     * Takes away a pid file that names somebody else's process, on which PostgreSQL would refuse to start. One that
     * names a dead process stays: PostgreSQL sees that for itself, and first makes sure no backend is left.
     */
    static void forgetStranger(Path data) throws IOException {
        boolean alive = pid(data).flatMap(ProcessHandle::of).isPresent();
        if (alive && of(data).isEmpty()) {
            Files.deleteIfExists(data.resolve(PID_FILE));
        }
    }
}
