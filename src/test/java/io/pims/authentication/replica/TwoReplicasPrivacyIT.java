package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.ProviderSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An erasure at one replica while the other sends, records, resets or helps the same driver: all of it is gone, or none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoReplicasPrivacyIT {

    private static final String PINCODE = "/v1/authentication/pincode";
    private static final String PIN = "839517";
    private static final Duration LONGEST_SEND = Duration.ofSeconds(60);
    private static final int DRIVERS = 20;

    private Installation installation;
    private Replica one;
    private Replica another;

    @BeforeAll
    void start() {
        installation = new Installation(TwoReplicasPrivacyIT.class);
        List<Replica> replicas = installation.start(2, Replicas.UNLIMITED);
        one = replicas.get(0);
        another = replicas.get(1);
    }

    @AfterAll
    void stop() {
        installation.close();
    }

    @BeforeEach
    void the_provider_is_as_usual() {
        installation.vonage().behave(new ProviderSettings(Behaviour.NORMAL, 0, false));
    }

    private CompletableFuture<Answer> erases(Replica replica, Driver driver) {
        String token = installation
                .issuer()
                .token(installation.issuer().claims("petra").put("groups", JsonArray.of("privacy")));
        return replica.send("DELETE", "/v1/authentication/drivers/" + driver.user() + "/data", token, new JsonObject());
    }

    /** Another person each time, for the limits of each. */
    private CompletableFuture<Answer> helps(Replica replica, Driver driver, String what) {
        String token = installation
                .issuer()
                .token(installation
                        .issuer()
                        .claims("agent-" + UUID.randomUUID())
                        .put("groups", JsonArray.of("support")));
        return replica.send(
                "POST",
                "/v1/authentication/drivers/" + driver.user() + "/" + what,
                token,
                new JsonObject().put("reason", "Phone lost, ticket 48213"));
    }

    private CompletableFuture<Answer> asks(Replica replica, Driver driver) {
        return replica.send("POST", Replica.SMSCODE, driver.token(), new JsonObject().put("type", "resetPIN"));
    }

    private CompletableFuture<Answer> resets(Replica replica, Driver driver, String code) {
        return replica.send(
                "PUT",
                PINCODE,
                driver.token(),
                new JsonObject().put("action", "reset").put("smsCode", code).put("pinCode", PIN));
    }

    private long rows(String table, Driver driver) {
        return installation.count("SELECT count(*) FROM " + table + " WHERE user_id = '" + driver.user() + "'");
    }

    /** Of what an erasure takes. Events of refusals that come after it are about what the driver did then. */
    private long rowsOf(Driver driver) {
        return rows("trusted_phone_number", driver)
                + rows("pin_code", driver)
                + rows("sms_code", driver)
                + rows("sms_transaction", driver);
    }

    private boolean isSending(Driver driver) {
        return installation.count("SELECT count(*) FROM sms_transaction WHERE finished_at IS NULL AND user_id = '"
                        + driver.user() + "'")
                > 0;
    }

    /** Tries until no SMS is in flight. */
    private void erased(Driver driver) {
        await().atMost(LONGEST_SEND).until(() -> erases(another, driver).join().status() == 200);
    }

    private String code(Answer accepted) {
        await().atMost(LONGEST_SEND).until(() -> installation.smsByTransaction().containsKey(accepted.id()));
        String text = installation.smsByTransaction().get(accepted.id()).get(0).text();
        return text.substring(text.lastIndexOf('#') + 1);
    }

    @Test
    void while_one_replica_sends_the_other_erases_nothing() {
        Driver driver = installation.driver();
        installation.vonage().behave(new ProviderSettings(Behaviour.NORMAL, 2_000, false));
        assertThat(asks(one, driver).join().status()).isEqualTo(202);

        Answer refused = erases(another, driver).join();

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo(2201);
        assertThat(rows("trusted_phone_number", driver)).isOne();
        await().atMost(LONGEST_SEND).until(() -> !isSending(driver));
        erased(driver);
        assertThat(rowsOf(driver)).isZero();
    }

    @Test
    void of_a_request_and_an_erasure_at_the_same_moment_one_finds_what_the_other_left() {
        for (Driver driver : installation.drivers(DRIVERS)) {
            CompletableFuture<Answer> erasure = erases(another, driver);
            CompletableFuture<Answer> request = asks(one, driver);

            boolean erased = erasure.join().status() == 200;
            boolean accepted = request.join().status() == 202;

            // Both, where the request came first and its SMS had gone before the erasure.
            assertThat(erased || accepted).isTrue();
            assertThat(rows("trusted_phone_number", driver)).isEqualTo(erased ? 0 : 1);
            erased(driver);
            assertThat(rowsOf(driver)).isZero();
        }
    }

    @Test
    void a_reset_at_the_same_moment_leaves_a_PIN_only_if_nothing_was_erased() {
        for (Driver driver : installation.drivers(DRIVERS)) {
            String code = code(asks(one, driver).join());
            await().atMost(LONGEST_SEND).until(() -> !isSending(driver));

            CompletableFuture<Answer> reset = resets(one, driver, code);
            CompletableFuture<Answer> erasure = erases(another, driver);

            if (erasure.join().status() == 200) {
                assertThat(rowsOf(driver)).as("after %s", reset.join()).isZero();
            } else {
                assertThat(reset.join().status()).isEqualTo(200);
                assertThat(rows("pin_code", driver)).isOne();
            }
        }
    }

    @Test
    void what_the_help_desk_does_at_the_same_moment_leaves_no_number_behind() {
        for (Driver driver : installation.drivers(DRIVERS)) {
            CompletableFuture<Answer> unblocking = helps(one, driver, "unblock");
            CompletableFuture<Answer> recovery = helps(one, driver, "recovery");
            CompletableFuture<Answer> erasure = erases(another, driver);

            assertThat(unblocking.join().status()).isEqualTo(200);
            assertThat(recovery.join().status()).isIn(200, 404);
            // While the old number is told of the recovery, nothing is erased.
            if (erasure.join().status() == 200) {
                assertThat(rowsOf(driver) + rows("recovery", driver)).isZero();
            } else {
                assertThat(recovery.join().status()).isEqualTo(200);
                assertThat(erasure.join().status()).isEqualTo(429);
                assertThat(rows("recovery", driver)).isOne();
            }
            erased(driver);
            assertThat(rowsOf(driver) + rows("recovery", driver)).isZero();
        }
    }
}
