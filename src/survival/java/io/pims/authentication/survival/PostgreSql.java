package io.pims.authentication.survival;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.performance.Command;
import io.pims.authentication.sandbox.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A PostgreSQL server with durable defaults, the sandbox's version of it, that can be done anything to. */
final class PostgreSql implements AutoCloseable {

    static final String USER = "postgres";

    private static final Path PROGRAMS = Path.of("target", "postgresql").toAbsolutePath();
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private final Map<String, String> settings;
    private Process process;

    private PostgreSql(Path folder, int port, Map<String, String> settings) {
        this.folder = folder.toAbsolutePath();
        this.port = port;
        this.settings = settings;
    }

    /** A new one, started; an empty folder or none. */
    static PostgreSql start(Path folder, Map<String, String> settings) {
        PostgreSql server = new PostgreSql(folder, FreePort.find(), settings);
        try {
            Files.createDirectories(server.folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.run(Command.asAnybody(
                program("initdb"), "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C", "-D", server.data()));
        return server.start();
    }

    /** The same data in another folder, not started. Only of a server that was stopped. */
    PostgreSql copyTo(Path other, Map<String, String> otherSettings) {
        Folders.copy(folder, other.toAbsolutePath());
        return new PostgreSql(other, FreePort.find(), otherSettings);
    }

    /** The same one with other settings, not started. Only of a server that was stopped. */
    PostgreSql with(Map<String, String> otherSettings) {
        return new PostgreSql(folder, port, otherSettings);
    }

    /** The archive is unpacked by the library when it starts a server. */
    static String program(String name) {
        try {
            Files.createDirectories(PROGRAMS);
            if (find(name).isEmpty()) {
                EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(PROGRAMS.toFile())
                        .start()
                        .close();
            }
            return find(name).get(0).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> find(String name) throws IOException {
        try (Stream<Path> versions = Files.list(PROGRAMS)) {
            return versions.filter(version -> Files.exists(version.resolve(".exists")))
                    .map(version -> version.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .toList();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    /** Starts it, at the same port each time, and waits until it takes connections. */
    PostgreSql start() {
        launch();
        awaitReady(LONGEST_START);
        return this;
    }

    void launch() {
        List<String> command = Command.asAnybody(
                program("postgres"),
                "-D",
                data(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=");
        settings.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        process = Command.start(command, folder.resolveSibling(folder.getFileName() + ".log"));
    }

    void awaitReady(Duration atMost) {
        await().atMost(atMost)
                .pollInterval(Duration.ofMillis(20))
                .failFast("PostgreSQL ended, see target/survival", () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> {
                    connect("postgres").close();
                    return true;
                });
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9} of all its processes. */
    void kill() {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }

    /** SIGSTOP to all its processes. */
    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        for (ProcessHandle each : processes()) {
            try {
                Command.run(List.of("kill", "-" + name, Long.toString(each.pid())));
            } catch (IllegalStateException ended) {
                if (each.isAlive()) {
                    throw ended;
                }
            }
        }
    }

    /** The postmaster first, so that it starts no more of them meanwhile. */
    private List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** SIGINT: sends the clients away (https://www.postgresql.org/docs/current/server-shutdown.html). */
    void stop() {
        if (process.isAlive()) {
            Command.run(List.of("kill", "-INT", Long.toString(process.pid())));
            process.onExit().join();
        }
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?connectTimeout=5&socketTimeout=30",
                USER,
                "");
    }

    void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }
}
