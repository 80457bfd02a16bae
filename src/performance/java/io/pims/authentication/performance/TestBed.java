package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.pims.authentication.replica.Replicas;
import io.pims.authentication.replica.Replicas.DatabaseAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One server, provider, issuer and set of drivers, and the replicas between them. The limits are set so high that they
 * refuse nobody, and are counted all the same.
 */
final class TestBed implements AutoCloseable {

    static final String DATABASE = "pims";

    /** How the service's JVM is started, unless that is what is measured. */
    static final List<String> JAVA = java(Replica.JAVA, 512);

    /** Beside the transactions; other tables hold what a migration or an operator has put there. */
    static final List<String> FILLED_BY_REQUESTS = List.of("rate_limit", "sms_code", "security_event", "pin_code");

    private static final double TOLERATED_ERRORS = 0.001;

    private static final Path FOLDER = Path.of("target", "performance");
    private static final Path TOKENS = FOLDER.resolve("tokens");

    private final String name;
    private final int drivers;
    private final PostgreSqlServer server;
    private final Provider provider;
    private final Replicas replicas = new Replicas();

    /**
     * @param drivers how many, each with a number on file and a token
     * @param latencyMs milliseconds that the provider takes to answer
     * @param serverSettings what is to differ from PostgreSQL's defaults
     */
    TestBed(String name, int drivers, int latencyMs, Map<String, String> serverSettings) {
        this.name = name;
        this.drivers = drivers;
        this.server = PostgreSqlServer.start(FOLDER.resolve("postgresql"), serverSettings);
        this.provider = new Provider(latencyMs);
    }

    /** The heap and the collector are to be the same on any machine: the one that a JVM takes by itself in our pod. */
    static List<String> java(String executable, int heapMib, String... others) {
        return Stream.concat(Stream.of(executable, "-Xmx" + heapMib + "m", "-XX:+UseSerialGC"), Stream.of(others))
                .toList();
    }

    PostgreSqlServer server() {
        return server;
    }

    Provider provider() {
        return provider;
    }

    int drivers() {
        return drivers;
    }

    /** Starts a replica and waits until it is ready. */
    Replica start(Map<String, String> others, List<String> java) {
        return start(DATABASE, others, java);
    }

    /** Starts a replica of another build, from the folder that it was packaged in. */
    Replica start(Map<String, String> others, List<String> java, Path build) {
        Map<String, String> settings = settings(DATABASE);
        settings.putAll(others);
        return replicas.launch(name, settings, java, build).awaitReady();
    }

    Replica start(String database, Map<String, String> others, List<String> java) {
        return launch(database, others, java).awaitReady();
    }

    /** Begins to start a replica with the usual settings but for these. */
    Replica launch(String database, Map<String, String> others, List<String> java) {
        Map<String, String> settings = settings(database);
        settings.putAll(others);
        return replicas.launch(name, settings, java);
    }

    /** The same with the native executable that {@code -Dnative.executable} names. */
    Replica launchExecutable(Map<String, String> others) {
        Map<String, String> settings = settings(DATABASE);
        settings.putAll(others);
        return replicas.launch(name, settings);
    }

    private Map<String, String> settings(String database) {
        Map<String, String> settings = replicas.settings(
                new DatabaseAccess(
                        server.address(database),
                        "jdbc:" + server.address(database),
                        PostgreSqlServer.USER,
                        "not-asked-for"),
                provider.baseUri().toString());
        settings.putAll(Replicas.UNLIMITED);
        settings.put("quarkus.shutdown.delay", "0s");
        return settings;
    }

    /** Makes the schema, gives each driver a number and writes their tokens to {@link #tokens}. */
    void prepare() {
        server.execute("postgres", "CREATE DATABASE " + DATABASE);
        Replica migration = launch(DATABASE, Map.of("pims.migration.mode", "only"), JAVA);
        if (migration.awaitEnd(Duration.ofMinutes(2)) != 0) {
            throw new IllegalStateException("The migration failed: " + migration.output());
        }
        seed();
    }

    private void seed() {
        Map<String, String> numbers = new LinkedHashMap<>();
        for (int driver = 1; driver <= drivers; driver++) {
            numbers.put(user(driver), "+3361%07d".formatted(driver));
        }
        certify(numbers);
        try {
            Files.write(
                    TOKENS,
                    IntStream.rangeClosed(1, drivers)
                            .parallel()
                            .mapToObj(driver -> replicas.issuer().token(user(driver)))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.execute(DATABASE, "VACUUM (FREEZE, ANALYZE)");
    }

    /** Puts numbers on file, by the user. */
    void certify(Map<String, String> numbers) {
        try (Connection connection = server.connect(DATABASE)) {
            replicas.certify(connection, numbers);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the usual value of a setting. */
    String setting(String key) {
        return settings(DATABASE).get(key);
    }

    static String user(int driver) {
        return "driver-" + driver;
    }

    /** A token a line, that of driver 1 first. */
    Path tokens() {
        return TOKENS;
    }

    /**
     * Asks for codes as fast as the replica answers, each time for the next driver.
     *
     * @throws IllegalStateException if more than a few are not accepted
     */
    Load post(Replica replica, int connections, int seconds) {
        return post(replica, connections, seconds, 0, 1);
    }

    /**
     * The same by one part of the drivers only.
     *
     * @param part counted from 0
     * @param parts how many there are
     */
    Load post(Replica replica, int connections, int seconds, int part, int parts) {
        Load load = Load.wrk(
                "post.lua",
                replica.address() + Replica.SMSCODE,
                connections,
                seconds,
                TOKENS,
                parts * Load.THREADS,
                part * Load.THREADS);
        if (load.errors() > load.requests() * TOLERATED_ERRORS) {
            throw new IllegalStateException(load.toString());
        }
        return load;
    }

    /** Takes away all but the drivers' numbers, and lets the server write out what it has in memory. */
    void empty(String database) {
        // One by one: together they could end in a deadlock with the service.
        FILLED_BY_REQUESTS.forEach(table -> server.execute(database, "TRUNCATE " + table));
        server.execute(database, "TRUNCATE sms_transaction");
        server.execute(database, "CHECKPOINT");
    }

    @Override
    public void close() {
        replicas.close();
        provider.close();
        server.close();
    }
}
