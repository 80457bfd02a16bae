package io.pims.authentication.performance;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.sandbox.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Debian's PostgreSQL with an empty data folder and its own defaults, which are durable: fsync, synchronous_commit. */
final class PostgreSqlServer implements AutoCloseable {

    static final String USER = "postgres";

    private final int port = FreePort.find();
    private final Process process;

    private PostgreSqlServer(Path folder, Map<String, String> settings) {
        forget(folder);
        Path data = folder.resolve("data");
        Command.run(Command.asAnybody(
                Tools.postgresql("initdb"), "-A", "trust", "-U", USER, "-E", "UTF8", "-D", "" + data));
        List<String> command = Command.asAnybody(
                Tools.postgresql("postgres"),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=");
        settings.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        process = Command.start(command, folder.resolve("postgresql.log"));
        await().atMost(Duration.ofSeconds(60))
                .failFast("PostgreSQL ended, see " + folder, () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> {
                    connect("postgres").close();
                    return true;
                });
    }

    /** @param settings what is to differ from the defaults */
    static PostgreSqlServer start(Path folder, Map<String, String> settings) {
        return new PostgreSqlServer(folder.toAbsolutePath(), settings);
    }

    private static void forget(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    String address(String database) {
        return "postgresql://127.0.0.1:" + port + "/" + database;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:" + address(database) + "?reWriteBatchedInserts=true", USER, "");
    }

    void execute(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one number that a query asks for. */
    double number(String database, String sql) {
        return Double.parseDouble(rows(database, sql).get(0).get(0));
    }

    /** The rows of a query as texts. */
    List<List<String>> rows(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    double cpuSeconds() {
        return CpuTime.ofFamily(process.pid());
    }

    @Override
    public void close() {
        // SIGINT sends the clients away (https://www.postgresql.org/docs/current/server-shutdown.html).
        Command.run(List.of("kill", "-INT", Long.toString(process.pid())));
        process.onExit().join();
    }
}
