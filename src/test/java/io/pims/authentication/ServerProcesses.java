package io.pims.authentication;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * All processes of a PostgreSQL server, found by one of them.
 *
 * @param postmaster the one that starts the others
 */
public record ServerProcesses(ProcessHandle postmaster) {

    /** @param backend of one that is still there: as {@code pg_backend_pid()} says of a connection that is open */
    public static ServerProcesses of(long backend) {
        return new ServerProcesses(
                ProcessHandle.of(backend).flatMap(ProcessHandle::parent).orElseThrow());
    }

    /** SIGSTOP: whoever asks it something, or connects, waits. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    /** {@code kill -9}. */
    public void kill() {
        List<ProcessHandle> all = all().toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    private void signal(String name) {
        all().forEach(process -> {
            try {
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    /** The postmaster first, so that it starts no more of them meanwhile. */
    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(postmaster), postmaster.descendants());
    }
}
