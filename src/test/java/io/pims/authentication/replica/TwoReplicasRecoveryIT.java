package io.pims.authentication.replica;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A recovery by two people, and whatever comes at the same moment at two replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoReplicasRecoveryIT {

    private static final String PINCODE = "/v1/authentication/pincode";
    private static final String PIN = "839517";
    private static final String OTHER_PIN = "590274";
    private static final Duration LONGEST_SEND = Duration.ofSeconds(60);
    private static final int ROUNDS = 12;

    private static final Map<String, String> BY_TWO = Map.of(
            "pims.support.approvals", "2",
            "pims.ratelimit.support", "",
            "pims.ratelimit.recovery", "",
            "pims.ratelimit.user-and-type", "",
            "pims.ratelimit.user", "",
            "pims.ratelimit.number", "",
            "pims.database.patience", "30s");

    private Installation installation;
    private List<Replica> replicas;

    @BeforeAll
    void start() {
        installation = new Installation(TwoReplicasRecoveryIT.class);
        replicas = installation.start(2, BY_TWO);
    }

    @AfterAll
    void stop() {
        installation.close();
    }

    private String token(String who, String role) {
        return installation.issuer().token(installation.issuer().claims(who).put("groups", JsonArray.of(role)));
    }

    private CompletableFuture<Answer> recovers(int replica, String agent, Driver driver) {
        return replicas.get(replica)
                .send(
                        "POST",
                        "/v1/authentication/drivers/" + driver.user() + "/recovery",
                        token(agent, "support"),
                        new JsonObject().put("reason", "Phone lost, ticket 48213"));
    }

    private static String state(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.message().getJsonObject("result").getString("state");
    }

    private CompletableFuture<Answer> resets(int replica, Driver driver, String code, String pin) {
        return replicas.get(replica)
                .send(
                        "PUT",
                        PINCODE,
                        driver.token(),
                        new JsonObject()
                                .put("action", "reset")
                                .put("smsCode", code)
                                .put("pinCode", pin));
    }

    private String code(Driver driver, JsonObject body) {
        Answer accepted = replicas.get(0)
                .send("POST", Replica.SMSCODE, driver.token(), body)
                .join();
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        await().atMost(LONGEST_SEND).until(() -> installation.smsByTransaction().containsKey(accepted.id()));
        String text = installation.smsByTransaction().get(accepted.id()).get(0).text();
        return text.substring(text.lastIndexOf('#') + 1);
    }

    private String resetCode(Driver driver) {
        return code(driver, new JsonObject().put("type", "resetPIN"));
    }

    private boolean isRight(Driver driver, String pin) {
        return replicas.get(0)
                .send(
                        "POST",
                        PINCODE + "/verification",
                        token("vehicle", "pin-verifier"),
                        new JsonObject().put("user", driver.user()).put("pinCode", pin))
                .join()
                .message()
                .getJsonObject("result")
                .getBoolean("isPinCodeValid");
    }

    private long rows(String table, Driver driver, String more) {
        return installation.count("SELECT count(*) FROM " + table + " WHERE user_id = '" + driver.user() + "'" + more);
    }

    @Test
    void it_takes_two_people_and_never_the_same_one_twice() {
        Driver driver = installation.driver();

        assertThat(state(recovers(0, "ann", driver).join())).isEqualTo("REQUESTED");
        assertThat(state(recovers(1, "ann", driver).join())).isEqualTo("REQUESTED");
        assertThat(rows("trusted_phone_number", driver, "")).isEqualTo(1);

        assertThat(state(recovers(1, "bob", driver).join())).isEqualTo("DONE");
        assertThat(rows("trusted_phone_number", driver, "")).isZero();
        assertThat(rows("recovery", driver, " AND requested_by = 'ann' AND confirmed_by = 'bob'"))
                .isEqualTo(1);
    }

    @Test
    void a_request_that_nobody_confirms_in_time_is_none() {
        Driver driver = installation.driver();
        assertThat(state(recovers(0, "ann", driver).join())).isEqualTo("REQUESTED");
        installation.execute("UPDATE recovery SET ends_at = now() WHERE user_id = '" + driver.user() + "'");

        assertThat(state(recovers(1, "bob", driver).join())).isEqualTo("REQUESTED");
        assertThat(state(recovers(1, "ann", driver).join())).isEqualTo("DONE");
    }

    @Test
    void of_20_recoveries_at_once_one_is_done_and_told() {
        Driver driver = installation.driver();
        recovers(0, "ann", driver).join();

        List<Answer> answers = Replica.all(IntStream.range(0, 20)
                .mapToObj(each -> recovers(each % 2, each % 4 == 0 ? "ann" : "agent-" + each, driver))
                .toList());

        Map<String, Long> states = answers.stream().collect(groupingBy(TwoReplicasRecoveryIT::state, counting()));
        assertThat(states.keySet()).isSubsetOf("REQUESTED", "DONE").contains("DONE");
        assertThat(rows("security_event", driver, " AND what = 'support.recovery' AND error_code IS NULL"))
                .isEqualTo(1);
        assertThat(rows("sms_transaction", driver, " AND type = 'recoveryDone'"))
                .isEqualTo(1);
    }

    /** Whoever is first: afterwards there is no PIN and no number, and what the reset has set is what can be put back. */
    @Test
    void of_a_reset_and_a_recovery_at_once_either_wins_as_a_whole() {
        for (int round = 0; round < ROUNDS; round++) {
            Driver driver = installation.driver();
            assertThat(resets(0, driver, resetCode(driver), PIN).join().status())
                    .isEqualTo(200);
            String code = resetCode(driver);
            recovers(0, "ann", driver).join();

            CompletableFuture<Answer> reset = resets(round % 2, driver, code, OTHER_PIN);
            CompletableFuture<Answer> recovery = recovers(1, "bob", driver);

            assertThat(state(recovery.join())).isEqualTo("DONE");
            assertThat(reset.join().code()).isIn(0, 2305);
            assertThat(rows("trusted_phone_number", driver, "")).isZero();
            assertThat(rows("pin_code", driver, "")).isZero();
            undoes(driver);
            assertThat(isRight(driver, reset.join().code() == 0 ? OTHER_PIN : PIN))
                    .isTrue();
        }
    }

    @Test
    void of_a_certification_and_a_recovery_at_once_either_wins_as_a_whole() {
        for (int round = 0; round < ROUNDS; round++) {
            Driver driver = installation.driver();
            Driver other = installation.newDriver();
            String code = code(
                    driver,
                    new JsonObject().put("type", "phoneNumberCertification").put("phoneNumber", other.number()));
            recovers(0, "ann", driver).join();

            CompletableFuture<Answer> change = replicas.get(round % 2)
                    .send(
                            "PUT",
                            Replica.SMSCODE,
                            driver.token(),
                            new JsonObject()
                                    .put("action", "modifyPhoneNumber")
                                    .put("phoneNumber", other.number())
                                    .put("smsCode", code));
            CompletableFuture<Answer> recovery = recovers(1, "bob", driver);

            assertThat(state(recovery.join())).isEqualTo("DONE");
            assertThat(change.join().code()).isIn(0, 2305, 2307);
            assertThat(rows("trusted_phone_number", driver, "")).isZero();
        }
    }

    /** An impostor's number, certified at the moment at which the driver calls. */
    @Test
    void of_a_certification_and_an_undoing_at_once_the_old_number_stays() {
        for (int round = 0; round < ROUNDS; round++) {
            Driver driver = installation.driver();
            Driver other = installation.newDriver();
            recovers(0, "ann", driver).join();
            assertThat(state(recovers(1, "bob", driver).join())).isEqualTo("DONE");
            String code = code(
                    driver,
                    new JsonObject().put("type", "phoneNumberCertification").put("phoneNumber", other.number()));

            CompletableFuture<Answer> change = replicas.get(round % 2)
                    .send(
                            "PUT",
                            Replica.SMSCODE,
                            driver.token(),
                            new JsonObject()
                                    .put("action", "addPhoneNumber")
                                    .put("phoneNumber", other.number())
                                    .put("smsCode", code));
            CompletableFuture<Answer> undoing = undo(driver);

            assertThat(state(undoing.join())).isEqualTo("UNDONE");
            assertThat(change.join().code()).isIn(0, 2305, 2390);
            assertThat(rows(
                            "trusted_phone_number",
                            driver,
                            " AND resets_held_until IS NULL AND certified_at < (SELECT confirmed_at FROM recovery"
                                    + " WHERE recovery.user_id = trusted_phone_number.user_id)"))
                    .isEqualTo(1);
        }
    }

    private CompletableFuture<Answer> undo(Driver driver) {
        return replicas.get(1)
                .delete(
                        "/v1/authentication/drivers/" + driver.user() + "/recovery?reason=Impostor",
                        token("carol", "support"));
    }

    private void undoes(Driver driver) {
        assertThat(state(undo(driver).join())).isEqualTo("UNDONE");
    }
}
