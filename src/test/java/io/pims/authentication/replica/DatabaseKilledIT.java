package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.ServerProcesses;
import io.pims.authentication.replica.Installation.Driver;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of PostgreSQL while drivers ask for all that the database is asked for. */
class DatabaseKilledIT {

    private static final int CLIENTS = 24;
    private static final int KILLS = 3;

    /** So that each kill meets work under way, and what comes while nothing listens. */
    private static final int ANSWERS_BETWEEN = 200;

    private static Installation installation;
    private static Replica replica;

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeAll
    static void start() {
        installation = new Installation(DatabaseKilledIT.class);
        replica = installation.start(1, Map.of("pims.database.patience", "5s")).get(0);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void whoever_is_refused_is_told_when_to_try_again() {
        List<Driver> drivers = installation.drivers(CLIENTS);
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(goOn(drivers.get(client), client));
        }

        for (int kill = 0; kill < KILLS; kill++) {
            awaitMore();
            // One that is there as long as the server is, other than that of the connection that asks.
            ServerProcesses.of(
                            installation.count("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"))
                    .kill();
            awaitMore();
            Installation.SERVER.start();
        }
        awaitMore();
        over.set(true);
        clients.forEach(CompletableFuture::join);

        assertThat(answers).anySatisfy(answer -> assertThat(answer.status()).isEqualTo(503));
        assertThat(answers).filteredOn(answer -> answer.status() >= 500).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo(2204);
            assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
        });
    }

    private void awaitMore() {
        int known = answers.size();
        await().atMost(Duration.ofSeconds(60)).until(() -> answers.size() >= known + ANSWERS_BETWEEN);
    }

    private CompletableFuture<Void> goOn(Driver driver, int turn) {
        return send(driver, turn)
                .thenAccept(answers::add)
                .thenCompose(answered -> over.get() ? CompletableFuture.completedFuture(null) : goOn(driver, turn + 1));
    }

    private static CompletableFuture<Answer> send(Driver driver, int turn) {
        return switch (turn % 6) {
            case 0 -> replica.get("/v1/authentication/account", driver.token());
            case 1 -> replica.get("/v1/authentication/trustedphonenumber", driver.token());
            case 2 ->
                replica.send(
                        "PUT",
                        "/v1/authentication/pincode",
                        driver.token(),
                        new JsonObject()
                                .put("action", "reset")
                                .put("smsCode", "048213")
                                .put("pinCode", "839517"));
            case 3 ->
                replica.send(
                        "PUT",
                        Replica.SMSCODE,
                        driver.token(),
                        new JsonObject()
                                .put("action", "addPhoneNumber")
                                .put("phoneNumber", driver.number())
                                .put("smsCode", "048213"));
            case 4 -> replica.ask(driver.token());
            default -> replica.get(Replica.SMSCODE + "/0193a5c0-0000-7000-8000-000000000000", driver.token());
        };
    }
}
