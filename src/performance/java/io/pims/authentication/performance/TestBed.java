package io.pims.authentication.performance;

import io.pims.authentication.replica.InstallationKeys;
import io.pims.authentication.replica.OpenIdIssuer;
import io.pims.authentication.replica.Replica;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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

    static final String INSTALLED =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** How the service's JVM is started, unless that is what is measured. */
    static final List<String> JAVA = java(INSTALLED, 512);

    /** Beside the transactions; other tables hold what a migration or an operator has put there. */
    static final List<String> FILLED_BY_REQUESTS = List.of("rate_limit", "sms_code", "security_event", "pin_code");

    private static final double TOLERATED_ERRORS = 0.001;

    private static final Path FOLDER = Path.of("target", "performance");
    private static final Path TOKENS = FOLDER.resolve("tokens");

    private final String name;
    private final int drivers;
    private final PostgreSqlServer server;
    private final Provider provider;
    private final InstallationKeys keys = new InstallationKeys();
    private final OpenIdIssuer issuer = new OpenIdIssuer().open();
    private final List<Replica> replicas = new ArrayList<>();

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

    Replica start(String database, Map<String, String> others, List<String> java) {
        return launch(database, others, java).awaitReady();
    }

    /** Begins to start a replica with the usual settings but for these. */
    Replica launch(String database, Map<String, String> others, List<String> java) {
        Map<String, String> settings = settings(database);
        settings.putAll(others);
        Replica replica = Replica.launch(name, settings, java);
        replicas.add(replica);
        return replica;
    }

    private Map<String, String> settings(String database) {
        Map<String, String> settings = new HashMap<>(keys.settings());
        settings.put("quarkus.datasource.reactive.url", server.address(database));
        settings.put("quarkus.datasource.jdbc.url", "jdbc:" + server.address(database));
        settings.put("quarkus.datasource.username", PostgreSqlServer.USER);
        settings.put("quarkus.datasource.password", "not-asked-for");
        settings.put("pims.token.issuer", issuer.issuer());
        settings.put("pims.token.audience", OpenIdIssuer.AUDIENCE);
        settings.put("pims.sms.sender", "PIMS");
        settings.put("pims.sms.vonage.api-key", FakeVonage.API_KEY);
        settings.put("pims.sms.vonage.api-secret", FakeVonage.API_SECRET);
        settings.put("pims.sms.vonage.base-uri", provider.baseUri().toString());
        settings.put("pims.ratelimit.user-and-type", "100000/30s");
        settings.put("pims.ratelimit.user", "100000/1h,1000000/1d");
        settings.put("pims.ratelimit.number", "100000/1h,1000000/1d");
        settings.put("pims.ratelimit.service", "1000000/1s");
        settings.put("pims.budget.total.hour", "100000000");
        settings.put("pims.budget.total.day", "100000000");
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
        NumberVault vault = keys.vault();
        String insert = "INSERT INTO trusted_phone_number (user_id, number, number_key_id, number_hash)"
                + " VALUES (?, ?, ?, ?)";
        try (Connection connection = server.connect(DATABASE);
                PreparedStatement statement = connection.prepareStatement(insert)) {
            connection.setAutoCommit(false);
            for (int driver = 1; driver <= drivers; driver++) {
                String user = user(driver);
                SealedNumber sealed = vault.seal(new PhoneNumber("+3361%07d".formatted(driver)), user);
                statement.setString(1, user);
                statement.setBytes(2, sealed.ciphertext());
                statement.setString(3, sealed.keyId());
                statement.setBytes(4, sealed.hash());
                statement.addBatch();
                if (driver % 1_000 == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
            connection.commit();
            Files.write(
                    TOKENS,
                    IntStream.rangeClosed(1, drivers)
                            .parallel()
                            .mapToObj(driver -> issuer.token(user(driver)))
                            .toList());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.execute(DATABASE, "VACUUM (FREEZE, ANALYZE)");
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
        Load load =
                Load.wrk("post.lua", replica.address() + Replica.SMSCODE, connections, seconds, TOKENS, Load.THREADS);
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
        replicas.forEach(Replica::close);
        provider.close();
        issuer.close();
        server.close();
    }
}
