package io.pims.authentication.survival;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.InstallationKeys;
import io.pims.authentication.replica.OpenIdIssuer;
import io.pims.authentication.replica.Replica;
import io.pims.authentication.sandbox.Behaviour;
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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two replicas with the defaults of the service, but for limits that are too high to refuse anybody; their database,
 * provider, issuer and drivers.
 */
final class Site implements AutoCloseable {

    static final int REPLICAS = 2;
    static final String DATABASE = "pims";
    static final Path FOLDER = Path.of("target", "survival").toAbsolutePath();

    private static final int DRIVERS = 2_000;
    static final int LATENCY_MS = 20;

    private final Plan plan;
    private final PostgreSql server;
    private final ProviderProcess provider;
    private final InstallationKeys keys = new InstallationKeys();
    private final OpenIdIssuer issuer = new OpenIdIssuer().open();
    private final Replica[] replicas = new Replica[REPLICAS];
    private final List<Replica> all = new ArrayList<>();
    private Clients clients;

    /**
     * What differs between experiments.
     *
     * @param hosts of the database, {@code host:port}, several separated by commas
     * @param settings of the replicas beside the usual ones
     * @param java options of their JVMs beside the usual ones
     * @param application the folder of the service
     * @param providerHost a name for loopback
     */
    record Plan(
            String name,
            String hosts,
            Map<String, String> settings,
            List<String> java,
            Path application,
            String providerHost) {

        static Plan of(String name, PostgreSql server) {
            return new Plan(
                    name,
                    "127.0.0.1:" + server.port(),
                    Map.of(),
                    List.of(),
                    Path.of(System.getProperty("quarkus.application.directory")),
                    "127.0.0.1");
        }

        Plan hosts(String newHosts) {
            return new Plan(name, newHosts, settings, java, application, providerHost);
        }

        Plan settings(Map<String, String> newSettings) {
            return new Plan(name, hosts, newSettings, java, application, providerHost);
        }

        Plan java(String... newJava) {
            return new Plan(name, hosts, settings, List.of(newJava), application, providerHost);
        }

        Plan providerHost(String newProviderHost) {
            return new Plan(name, hosts, settings, java, application, newProviderHost);
        }

        Plan application(Path newApplication) {
            return new Plan(name, hosts, settings, java, newApplication, providerHost);
        }
    }

    /** @param server started, without a database of ours */
    Site(PostgreSql server, Plan plan) {
        this.plan = plan;
        this.server = server;
        try {
            Files.createDirectories(FOLDER.resolve(plan.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.provider = new ProviderProcess(FOLDER.resolve(plan.name()));
        provider.behave(Behaviour.NORMAL, LATENCY_MS);
        server.execute("postgres", "CREATE DATABASE " + DATABASE);
    }

    /** Starts the replicas and gives the drivers their numbers. */
    Site open() {
        for (int each = 0; each < REPLICAS; each++) {
            launch(each, Map.of());
        }
        awaitReady();
        seed();
        List<String> tokens = IntStream.range(0, DRIVERS)
                .parallel()
                .mapToObj(driver -> issuer.token(user(driver)))
                .toList();
        clients = new Clients(tokens, request -> replicas[request % REPLICAS].address());
        return this;
    }

    /** Begins to start a new process in the place of one that is dead. */
    void launch(int place, Map<String, String> others) {
        String caller = "AB".charAt(place) + "-" + all.size();
        Map<String, String> settings = new HashMap<>(keys.settings());
        settings.put("quarkus.datasource.reactive.url", reactiveUrl());
        settings.put("quarkus.datasource.jdbc.url", jdbcUrl());
        settings.put("quarkus.datasource.username", PostgreSql.USER);
        settings.put("quarkus.datasource.password", "not-asked-for");
        settings.put("pims.token.issuer", issuer.issuer());
        settings.put("pims.token.audience", OpenIdIssuer.AUDIENCE);
        settings.put("pims.sms.sender", "PIMS");
        settings.put("pims.sms.vonage.api-key", FakeVonage.API_KEY);
        settings.put("pims.sms.vonage.api-secret", FakeVonage.API_SECRET);
        settings.put("pims.sms.vonage.base-uri", "http://" + plan.providerHost() + ":" + provider.open(caller));
        settings.put("pims.ratelimit.user-and-type", "100000/30s");
        settings.put("pims.ratelimit.user", "100000/1h,1000000/1d");
        settings.put("pims.ratelimit.number", "100000/1h,1000000/1d");
        settings.put("pims.ratelimit.service", "1000000/1s");
        settings.put("pims.ratelimit.attempt", "1000000/1s");
        settings.put("pims.ratelimit.verification", "1000000/1s");
        settings.put("pims.ratelimit.verifier", "1000000/1s");
        settings.put("pims.pincode.waiting-per-user", "100");
        settings.put("pims.budget.total.hour", "1000000");
        settings.put("pims.budget.total.day", "1000000");
        settings.putAll(plan.settings());
        settings.putAll(others);
        List<String> java = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        java.addAll(plan.java());
        replicas[place] = Replica.launch("survival-" + plan.name() + "-" + caller, settings, java, plan.application());
        all.add(replicas[place]);
    }

    private String reactiveUrl() {
        return Stream.of(plan.hosts().split(","))
                .map(host -> "postgresql://" + host + "/" + DATABASE)
                .collect(Collectors.joining(","));
    }

    private String jdbcUrl() {
        return "jdbc:postgresql://" + plan.hosts() + "/" + DATABASE + "?targetServerType=primary";
    }

    /** Starts what is dead and waits until all are ready. */
    void restoreReplicas() {
        for (int each = 0; each < REPLICAS; each++) {
            if (!replicas[each].isAlive()) {
                launch(each, Map.of());
            }
        }
        awaitReady();
    }

    private void awaitReady() {
        List.of(replicas).forEach(Replica::awaitReady);
    }

    private void seed() {
        NumberVault vault = keys.vault();
        String insert = "INSERT INTO trusted_phone_number (user_id, number, number_key_id, number_hash)"
                + " VALUES (?, ?, ?, ?)";
        try (Connection connection = server.connect(DATABASE);
                PreparedStatement statement = connection.prepareStatement(insert)) {
            connection.setAutoCommit(false);
            for (int driver = 0; driver < DRIVERS; driver++) {
                SealedNumber sealed = vault.seal(new PhoneNumber("+3361%07d".formatted(driver)), user(driver));
                statement.setString(1, user(driver));
                statement.setBytes(2, sealed.ciphertext());
                statement.setString(3, sealed.keyId());
                statement.setBytes(4, sealed.hash());
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token of somebody who has a role, or of a driver. */
    String token(String user, Optional<String> role) {
        return role.map(has -> issuer.token(user, has)).orElseGet(() -> issuer.token(user));
    }

    private static String user(int driver) {
        return "driver-" + driver;
    }

    Replica replica(int place) {
        return replicas[place];
    }

    ProviderProcess provider() {
        return provider;
    }

    Clients clients() {
        return clients;
    }

    /** Waits until nothing is PENDING, or must not be any more. */
    void awaitFinal(PostgreSql primary, Bounds bounds) {
        await().atMost(bounds.toFinal().multipliedBy(2))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> {
                    List<Row> pending =
                            read(primary).stream().filter(row -> !row.isFinal()).toList();
                    long latest =
                            pending.stream().mapToLong(Row::createdAt).max().orElse(0);
                    return System.currentTimeMillis() - latest
                            > bounds.toFinal().toMillis();
                });
    }

    /** What is in the database after it has been killed and has recovered, with no replica there. */
    List<Row> rowsAfterRestart(PostgreSql primary) {
        all.forEach(Replica::close);
        primary.kill();
        primary.start();
        try {
            return read(primary);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Row> read(PostgreSql primary) throws SQLException {
        try (Connection connection = primary.connect(DATABASE)) {
            return Row.all(connection);
        }
    }

    @Override
    public void close() {
        if (clients != null) {
            clients.close();
        }
        all.forEach(Replica::close);
        provider.close();
        issuer.close();
        server.close();
    }
}
