package io.pims.authentication.survival;

import static org.awaitility.Awaitility.await;

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
import java.util.ArrayList;
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
    private final Replicas replicas = new Replicas();
    private final Replica[] places = new Replica[REPLICAS];
    private int launched;
    private Clients clients;

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
                .mapToObj(driver -> replicas.issuer().token(user(driver)))
                .toList();
        clients = new Clients(tokens, request -> places[request % REPLICAS].address());
        return this;
    }

    /** Begins to start a new process in the place of one that is dead. */
    void launch(int place, Map<String, String> others) {
        String caller = "AB".charAt(place) + "-" + launched++;
        Map<String, String> settings = replicas.settings(
                new DatabaseAccess(reactiveUrl(), jdbcUrl(), PostgreSql.USER, "not-asked-for"),
                // Which counts for nothing where roads are named.
                address(caller, Plan.ONLY_ROAD));
        settings.putAll(Replicas.UNLIMITED);
        settings.put("pims.ratelimit.attempt", "1000000/1s");
        settings.put("pims.ratelimit.pin-update", "1000000/1s");
        settings.put("pims.ratelimit.verification", "1000000/1s");
        settings.put("pims.ratelimit.verifier", "1000000/1s");
        settings.put("pims.pincode.waiting-per-user", "100");
        settings.putAll(plan.roads(road -> address(caller, road)));
        settings.putAll(plan.settings());
        settings.putAll(others);
        List<String> java = new ArrayList<>(List.of(Replica.JAVA, "-Xmx256m"));
        java.addAll(plan.java());
        places[place] = replicas.launch("survival-" + plan.name() + "-" + caller, settings, java, plan.application());
    }

    private String address(String caller, String road) {
        return "http://" + plan.providerHost() + ":" + provider.open(caller, road);
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
            if (!places[each].isAlive()) {
                launch(each, Map.of());
            }
        }
        awaitReady();
    }

    private void awaitReady() {
        List.of(places).forEach(Replica::awaitReady);
    }

    private void seed() {
        Map<String, String> numbers =
                IntStream.range(0, DRIVERS).boxed().collect(Collectors.toMap(Site::user, "+3361%07d"::formatted));
        try (Connection connection = server.connect(DATABASE)) {
            replicas.certify(connection, numbers);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token of somebody who has a role, or of a driver. */
    String token(String user, Optional<String> role) {
        return role.map(has -> replicas.issuer().token(user, has))
                .orElseGet(() -> replicas.issuer().token(user));
    }

    private static String user(int driver) {
        return "driver-" + driver;
    }

    Replica replica(int place) {
        return places[place];
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
        replicas.kill();
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
        replicas.close();
        provider.close();
        server.close();
    }
}
