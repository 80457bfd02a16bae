package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away and comes back under a replica that stays. */
class DatabaseAwayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static Installation installation;
    private static Replica replica;

    @BeforeAll
    static void start() {
        installation = new Installation(DatabaseAwayIT.class);
        replica = installation
                .start(1, Map.of("pims.database.patience", PATIENCE.toSeconds() + "s"))
                .get(0);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @AfterEach
    void back() {
        Installation.SERVER.start();
    }

    @Test
    void requests_are_refused_with_2204_and_not_recorded_until_it_is_back() {
        List<Driver> drivers = installation.drivers(12);
        Driver before = drivers.get(0);
        Answer accepted = replica.ask(before.token()).join();
        assertThat(accepted.isAccepted()).isTrue();
        await().until(() -> installation.recorded().get(accepted.id()).equals("SUCCEEDED"));
        int recorded = installation.recorded().size();

        Installation.SERVER.stop();

        for (Driver driver : drivers.subList(1, 11)) {
            refused(() -> replica.ask(driver.token()));
        }
        refused(() -> replica.get(before.token(), accepted));
        assertThat(replica.isReady())
                .as("the other replicas would not fare better")
                .isTrue();

        Installation.SERVER.start();

        assertThat(installation.recorded()).hasSize(recorded);
        await().untilAsserted(() ->
                assertThat(replica.get(before.token(), accepted).join().state()).isEqualTo("SUCCEEDED"));
        for (Driver driver : drivers.subList(1, 12)) {
            assertThat(replica.ask(driver.token()).join().status())
                    .as("a refused request cost nothing of the limits")
                    .isEqualTo(202);
        }
        await().until(() -> !installation.recorded().containsValue("PENDING"));
        assertThat(installation.recorded().values()).containsOnly("SUCCEEDED");
        assertThat(installation.vonage().messages()).hasSize(12);
    }

    private static void refused(Supplier<CompletableFuture<Answer>> request) {
        long begun = System.nanoTime();
        Answer answer = request.get().join();

        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo(2204);
        assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
        assertThat(Duration.ofNanos(answer.nanoTime() - begun)).isLessThan(PATIENCE.plusSeconds(2));
    }
}
