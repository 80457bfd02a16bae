package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.ReceivedMessage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica that is stopped (SIGSTOP, as by a hypervisor or a debugger) and wakes up where it was. */
class StoppedReplicaIT {

    private static final int ROUNDS = 4;

    private Installation installation;

    @BeforeEach
    void open() {
        installation = new Installation(StoppedReplicaIT.class);
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void what_the_other_one_has_finished_meanwhile_is_not_sent_when_it_wakes_up() {
        installation.vonage().behave(new ProviderSettings(Behaviour.NORMAL, 50, true));
        List<Replica> replicas = installation.start(
                2,
                Map.of(
                        "pims.transaction.lease", "2s",
                        "pims.dispatch.attempt-timeout", "1300ms",
                        "pims.sms.vonage.connect-timeout", "300ms",
                        "pims.sms.vonage.read-timeout", "900ms"));
        Replica stopped = replicas.get(0);

        for (int round = 1; round <= ROUNDS; round++) {
            int sentBefore = installation.vonage().messages().size();
            installation.drivers(80).forEach(driver -> stopped.ask(driver.token()));
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> installation.vonage().messages().size() >= sentBefore + 20);
            stopped.pause();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !installation.recorded().containsValue("PENDING"));
            stopped.resume();
            assertThat(stopped.ask(installation.driver().token()).join().isAccepted())
                    .as("it is awake")
                    .isTrue();
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !installation.recorded().containsValue("PENDING"));

        Map<UUID, Instant> finished = finished();
        assertThat(installation.vonage().messages())
                .as("SMS that left after their transaction was final")
                .filteredOn(sms -> sms.receivedAt().isAfter(finished.get(UUID.fromString(sms.clientRef()))))
                .extracting(ReceivedMessage::clientRef)
                .isEmpty();
    }

    /** In its SQL transaction, with the locks of a subject that all requests share. */
    @Test
    void it_does_not_make_the_other_one_refuse_anybody() {
        try (SlowDatabase way = SlowDatabase.afterLocks(Installation.SERVER.start(), Duration.ofMillis(600))) {
            Map<String, String> shared = new HashMap<>(Map.of(
                    "pims.database.patience", "5s",
                    "pims.database.idle-in-transaction", "1s",
                    "pims.ratelimit.address-enabled", "true",
                    "pims.ratelimit.address", "100000/1h"));
            Replica healthy = installation.launch(shared);
            shared.put("quarkus.datasource.reactive.url", installation.reactiveUrl(way.port()));
            Replica stopped = installation.launch(shared);
            healthy.awaitReady();
            stopped.awaitReady();
            List<Driver> drivers = installation.drivers(60);
            healthy.ask(drivers.get(0).token()).join();
            stopWithLocks(stopped, drivers.subList(1, 10).iterator());

            List<Duration> took = new ArrayList<>();
            for (Driver driver : drivers.subList(10, 60)) {
                long asked = System.nanoTime();
                Answer answer = healthy.ask(driver.token()).join();
                assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
                took.add(Duration.ofNanos(answer.nanoTime() - asked));
            }
            stopped.resume();

            assertThat(took).allMatch(each -> each.compareTo(Duration.ofMillis(2_500)) < 0);
        }
    }

    /** By the time that the signal arrives it may have got through. */
    private void stopWithLocks(Replica replica, Iterator<Driver> drivers) {
        await().until(() -> {
            replica.ask(drivers.next().token());
            await().pollInterval(Duration.ofMillis(2)).until(() -> locked() > 0);
            replica.pause();
            boolean hasLocks = locked() > 0;
            if (!hasLocks) {
                replica.resume();
            }
            return hasLocks;
        });
    }

    private long locked() {
        return installation.count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    }

    private Map<UUID, Instant> finished() {
        Map<UUID, Instant> finished = new HashMap<>();
        try (Connection connection = installation.connect();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, finished_at FROM sms_transaction")) {
            while (rows.next()) {
                finished.put(
                        rows.getObject(1, UUID.class),
                        rows.getObject(2, OffsetDateTime.class).toInstant());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return finished;
    }
}
