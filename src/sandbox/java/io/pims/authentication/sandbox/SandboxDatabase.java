package io.pims.authentication.sandbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A real PostgreSQL server of the sandbox's own: its data stay in a folder from run to run, and it is as durable as
 * the one in production, for what is promised there must hold here.
 *
 * <p>What this JVM started is written down in system properties and not in fields: dev mode loads this class anew
 * after every edit, the server stays.
 */
public final class SandboxDatabase {

    public static final String USER = "postgres";
    public static final String PASSWORD = "not-asked-for";

    private static final int NONE_YET = 0;
    private static final Duration PATIENCE_WITH_CLIENTS = Duration.ofSeconds(20);

    /** Held, for a logger that nobody holds may be collected together with its level. */
    private static final Logger ZONKY = Logger.getLogger("io.zonky");

    private final Duration startupPatience;
    private final Path folder;
    private final Path data;
    private final Path log;
    private final String portProperty;

    public SandboxDatabase(Path folder) {
        this(folder, Duration.ofSeconds(60));
    }

    SandboxDatabase(Path folder, Duration startupPatience) {
        this.startupPatience = startupPatience;
        this.folder = folder.toAbsolutePath().normalize();
        this.data = this.folder.resolve("database");
        this.log = this.folder.resolve("database.log");
        this.portProperty = "pims.sandbox.port-of." + this.folder;
    }

    /** Starts the server unless this JVM has it running, at the port it had before if there was one. */
    public int start() {
        // The one object that all class loaders of a JVM have in common.
        synchronized (Runtime.getRuntime()) {
            try {
                Integer known = Integer.getInteger(portProperty);
                if (known == null) {
                    own();
                    System.setProperty(portProperty, Integer.toString(NONE_YET));
                } else if (known != NONE_YET && Postmaster.of(data).isPresent()) {
                    return known;
                }
                int port = known == null || known == NONE_YET ? FreePort.find() : known;
                prepareAndLaunch(port);
                System.setProperty(portProperty, Integer.toString(port));
                return port;
            } catch (IOException e) {
                throw new UncheckedIOException("The sandbox's database does not start. " + lastWords(), e);
            }
        }
    }

    /** Stops the server as a planned maintenance would; {@link #start()} brings it back at the same port. */
    public void stop() {
        mine().ifPresent(Postmaster::stop);
    }

    /** Stops the server as a power cut would; {@link #start()} brings it back at the same port. */
    public void crash() {
        mine().ifPresent(Postmaster::crashes);
    }

    private Optional<Postmaster> mine() {
        return System.getProperty(portProperty) == null ? Optional.empty() : Postmaster.of(data);
    }

    public String jdbcUrl() {
        return "jdbc:" + url();
    }

    /** The address as the reactive client wants it. */
    public String url() {
        return "postgresql://127.0.0.1:" + start() + "/postgres";
    }

    private void own() throws IOException {
        FolderLock lock = FolderLock.tryTake(folder)
                .orElseThrow(() -> new IllegalStateException("Another running copy of the service uses " + folder
                        + ": give this one a folder of its own by pims.sandbox.data-directory"));
        // The hook also keeps the lock from being collected, and with it released, before the JVM ends. It waits
        // for the clients because the service, which shuts down at the same time, still has work to hand back.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopWith(lock), "sandbox-database-stop"));
    }

    private void stopWith(FolderLock lock) {
        Postmaster.of(data).ifPresent(postmaster -> postmaster.stopAfterClients(PATIENCE_WITH_CLIENTS));
        try {
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepareAndLaunch(int port) throws IOException {
        // A server whose JVM was killed lives on and would keep the new one from the data.
        Postmaster.of(data).ifPresent(Postmaster::stop);
        Postmaster.forgetStranger(data);
        // The library's own lock: this class has a better one, and after a stop it would be in the way.
        Files.deleteIfExists(data.resolve("epg-lock"));
        ZONKY.setLevel(Level.WARNING);

        PostgresBinaries binaries = new PostgresBinaries();
        DataDirectory directory = new DataDirectory(data);
        directory.prepareFor(binaries.majorVersion());
        FolderLock unpacking = FolderLock.take(binaries.folder());
        try {
            binaries.forgetHalfUnpacked();
            launch(port, binaries);
        } catch (IllegalStateException e) {
            throw new IOException(e);
        } finally {
            unpacking.release();
        }
        directory.complete();
    }

    private void launch(int port, PostgresBinaries binaries) throws IOException {
        EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries.folder().toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(startupPatience)
                // The library switches both off for speed, which would break the promise a 202 is.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                // A socket file in /tmp that another user left behind would keep the server from its port.
                .setServerConfig("unix_socket_directories", "")
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return log + " ends: " + String.join(" | ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
        } catch (IOException silent) {
            return "It left no word in " + log;
        }
    }
}
