package io.pims.authentication.replica;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.pims.authentication.replica.Replicas.DatabaseAccess;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.FreePort;
import io.pims.authentication.sandbox.ReceivedMessage;
import io.pims.authentication.sandbox.SandboxDatabase;
import io.pims.authentication.sandbox.UsedSecrets;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One installation of the service: a database, a provider and an issuer of its own, and the replicas between them. All
 * databases are in one PostgreSQL server, which {@link #SERVER} stops and starts for whoever is there.
 */
final class Installation implements AutoCloseable {

    /** One for each fork of failsafe: tests that stop it run beside others. */
    static final Path SERVER_FOLDER = Path.of("target", System.getProperty("pims.test.folder", "sandbox-it"));

    static final SandboxDatabase SERVER = new SandboxDatabase(SERVER_FOLDER);

    /** So that numbers are as good as unique, for the provider's log as well. */
    private static final AtomicInteger DRIVERS = new AtomicInteger();

    /** Short enough to be waited for, and the provider's client as impatient as that needs. */
    private static final Map<String, String> QUICK = Map.of(
            "pims.transaction.deadline", "60s",
            "pims.transaction.lease", "6s",
            "pims.dispatch.attempt-timeout", "3900ms",
            "pims.sms.vonage.connect-timeout", "500ms",
            "pims.sms.vonage.read-timeout", "3s",
            "pims.database.patience", "60s",
            "pims.database.idle-in-transaction", "5s",
            "pims.message.answer-timeout", "2m",
            "quarkus.http.idle-timeout", "2m",
            "quarkus.shutdown.delay", "2s");

    /** What goes with named roads: the settings of the only one as if nobody had set them. */
    static final Map<String, String> WITHOUT_ONLY_ROAD = Map.of(
            "pims.sms.vonage.api-key", "",
            "pims.sms.vonage.api-secret", "",
            "pims.sms.vonage.base-uri", "",
            "pims.sms.vonage.connect-timeout", "2s",
            "pims.sms.vonage.read-timeout", "4s");

    private final String name;
    private final int port = SERVER.start();
    private final String database;
    private final FakeVonage vonage = FakeVonage.start(FreePort.find());
    private final Replicas replicas = new Replicas();

    /** A driver of this installation, with a number on file. */
    record Driver(String user, String number, String token) {}

    Installation(Class<?> test) {
        this.name = test.getSimpleName();
        this.database = "it_" + UUID.randomUUID().toString().replace("-", "");
        execute("postgres", "CREATE DATABASE " + database);
    }

    /** A road by an account at Vonage, as quick as the only one is in these tests. */
    static Map<String, String> vonageRoad(String name, URI provider) {
        String road = "pims.sms.routes." + name + ".";
        return Map.of(
                road + "provider",
                "vonage",
                road + "vonage.api-key",
                FakeVonage.API_KEY,
                road + "vonage.api-secret",
                FakeVonage.API_SECRET,
                road + "vonage.base-uri",
                provider.toString(),
                road + "vonage.connect-timeout",
                "500ms",
                road + "vonage.read-timeout",
                "3s");
    }

    /** All that must be set, and what makes the tests quick. */
    Map<String, String> settings() {
        Map<String, String> settings = required();
        settings.putAll(QUICK);
        return settings;
    }

    private Map<String, String> required() {
        return replicas.settings(
                new DatabaseAccess(
                        reactiveUrl(port), jdbcUrl(database), SandboxDatabase.USER, SandboxDatabase.PASSWORD),
                vonage.baseUri().toString());
    }

    FakeVonage vonage() {
        return vonage;
    }

    OpenIdIssuer issuer() {
        return replicas.issuer();
    }

    /** Begins to start a replica with the usual settings but for these. */
    Replica launch(Map<String, String> others) {
        Map<String, String> settings = settings();
        settings.putAll(others);
        return launchWith(settings);
    }

    Replica launchWithout(String setting) {
        Map<String, String> settings = settings();
        settings.remove(setting);
        return launchWith(settings);
    }

    /** Begins to start a replica with the defaults of the service but for these, by a JVM of the caller's choice. */
    Replica launchAsShipped(Map<String, String> others, List<String> java) {
        Map<String, String> settings = required();
        settings.putAll(others);
        return replicas.launch(name, settings, java);
    }

    private Replica launchWith(Map<String, String> settings) {
        return replicas.launch(name, settings);
    }

    /** Starts a replica with the usual settings. */
    Replica start() {
        return start(1, Map.of()).get(0);
    }

    /** Starts so many replicas side by side. */
    List<Replica> start(int count, Map<String, String> others) {
        List<Replica> started =
                Stream.generate(() -> launch(others)).limit(count).toList();
        started.forEach(Replica::awaitReady);
        return started;
    }

    Driver driver() {
        return drivers(1).get(0);
    }

    /** New drivers with certified numbers, which only the migrated database can take. */
    List<Driver> drivers(int count) {
        List<Driver> drivers =
                IntStream.range(0, count).mapToObj(each -> newDriver()).toList();
        try (Connection connection = connect()) {
            certify(connection, drivers);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return drivers;
    }

    /** Puts their numbers on file. */
    void certify(Connection connection, List<Driver> drivers) throws SQLException {
        replicas.certify(connection, drivers.stream().collect(toMap(Driver::user, Driver::number)));
    }

    /** A driver with a token and a phone, of whose number the service knows nothing yet. */
    Driver newDriver() {
        int next = DRIVERS.incrementAndGet();
        String user = "driver-" + next;
        String number = "+3361%07d".formatted(next);
        UsedSecrets.note(number);
        return new Driver(user, number, replicas.issuer().token(user));
    }

    Connection connect() throws SQLException {
        return connect(database);
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), SandboxDatabase.USER, SandboxDatabase.PASSWORD);
    }

    /** @param otherPort of PostgreSQL, or of something on the way to it */
    String reactiveUrl(int otherPort) {
        return "postgresql://127.0.0.1:" + otherPort + "/" + database;
    }

    private String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    void execute(String sql) {
        execute(database, sql);
    }

    private void execute(String database, String sql) {
        try (Connection connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one number that a query asks for. */
    long count(String sql) {
        try (Connection connection = connect();
                var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The status of every transaction recorded. */
    Map<UUID, String> recorded() {
        Map<UUID, String> recorded = new HashMap<>();
        try (Connection connection = connect();
                var statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id, status FROM sms_transaction")) {
            while (result.next()) {
                recorded.put(result.getObject(1, UUID.class), result.getString(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return recorded;
    }

    /** What the provider took, by the transaction that it was sent for. */
    Map<UUID, List<ReceivedMessage>> smsByTransaction() {
        return vonage.messages().stream().collect(groupingBy(sms -> UUID.fromString(sms.clientRef())));
    }

    @Override
    public void close() {
        replicas.close();
        vonage.close();
        SERVER.start();
        execute("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
    }
}
