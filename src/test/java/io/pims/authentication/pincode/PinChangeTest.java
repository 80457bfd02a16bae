package io.pims.authentication.pincode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PinChangeTest {

    private static final String PIN = "839517";
    private static final String OTHER_PIN = "590274";

    private static final ExecutorService THREADS = Executors.newFixedThreadPool(4);

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @Inject
    PinPolicy policy;

    private Conversation conversation;

    @BeforeEach
    void a_driver_with_a_number_and_no_pin() {
        vonage.reset();
        conversation = new Conversation(TestDriver.withNumber(issuer), issuer, vonage);
    }

    @AfterAll
    static void stop() {
        THREADS.shutdown();
    }

    private static void refused(Response answer, int status, int code, String label) {
        answer.then().statusCode(status).body("error.code", equalTo(code)).body("error.label", equalTo(label));
    }

    private void verifies(String pin, boolean right) {
        conversation.verification(pin).then().statusCode(200).body("result.isPinCodeValid", equalTo(right));
    }

    private static String wrong(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }

    private long stored() {
        return database.count(
                "SELECT count(*) FROM pin_code WHERE user_id = $1",
                conversation.driver().name());
    }

    @Test
    void who_asked_for_no_code_has_a_wrong_one() {
        refused(conversation.resets("048213", PIN), 400, 2305, "The sms code is invalid");
        assertThat(stored()).isZero();
    }

    @Test
    void somebody_elses_code_is_a_wrong_one() {
        String code = conversation.resetCode();
        Conversation thief = new Conversation(TestDriver.withNumber(issuer), issuer, vonage);

        refused(thief.resets(code, PIN), 400, 2305, "The sms code is invalid");

        conversation.resets(code, PIN).then().statusCode(200);
    }

    @Test
    void an_expired_code_is_2306() {
        String code = conversation.resetCode();
        database.ageCodes(conversation.driver(), "10 minutes");

        refused(conversation.resets(code, PIN), 400, 2306, "The sms code is expired");
        assertThat(stored()).isZero();
    }

    @Test
    void a_code_lives_until_its_end() {
        String code = conversation.resetCode();
        database.ageCodes(conversation.driver(), "9 minutes");

        conversation.resets(code, PIN).then().statusCode(200);
    }

    @Test
    void five_wrong_codes_end_the_code() {
        String code = conversation.resetCode();

        for (int guess = 0; guess < 5; guess++) {
            refused(conversation.resets(wrong(code), PIN), 400, 2305, "The sms code is invalid");
        }

        refused(conversation.resets(code, PIN), 403, 2310, "inwebo: account is blocked");
        refused(conversation.resets(wrong(code), PIN), 403, 2310, "inwebo: account is blocked");
        assertThat(stored()).isZero();
    }

    @Test
    void a_code_is_spent_once() {
        String code = conversation.resetCode();
        conversation.resets(code, PIN).then().statusCode(200).body("result", equalTo(null));

        refused(conversation.resets(code, PIN), 400, 2305, "The sms code is invalid");
        refused(conversation.resets(code, OTHER_PIN), 400, 2305, "The sms code is invalid");

        verifies(PIN, true);
    }

    @Test
    void a_refused_pin_spends_neither_the_code_nor_a_guess_and_is_never_stored() {
        String code = conversation.resetCode();

        new Random(4)
                .ints(0, 1_000_000)
                .mapToObj("%06d"::formatted)
                .filter(pin -> !policy.allows(pin))
                .limit(50)
                .forEach(pin -> refused(conversation.resets(code, pin), 400, 2102, "Invalid pinCode parameter"));

        assertThat(stored()).isZero();
        conversation.resets(code, PIN).then().statusCode(200);
    }

    @Test
    void the_pin_that_is_set_already_spends_neither_the_code_nor_a_guess() {
        conversation.withPin(PIN);
        database.execute(
                "DELETE FROM rate_limit WHERE subject = $1",
                "user/" + conversation.driver().name());
        String code = conversation.resetCode();

        for (int tried = 0; tried < 6; tried++) {
            refused(conversation.resets(code, PIN), 400, 2315, "inwebo: the new password equals the previous one");
        }

        conversation.resets(code, OTHER_PIN).then().statusCode(200);
        verifies(OTHER_PIN, true);
    }

    @Test
    void an_update_needs_the_old_pin_and_happens_once() {
        conversation.withPin(PIN);

        conversation.updates(PIN, OTHER_PIN).then().statusCode(200).body("result", equalTo(null));
        refused(conversation.updates(PIN, OTHER_PIN), 400, 2102, "Invalid oldPIN parameter");

        verifies(OTHER_PIN, true);
    }

    @Test
    void of_updates_from_one_old_pin_at_once_one_succeeds_and_its_pin_is_set() {
        conversation.withPin(PIN);
        // Fewer than block the account.
        List<String> newPins = List.of("590274", "590275", "590276", "590277");

        List<CompletableFuture<Response>> updates = newPins.stream()
                .map(pin -> CompletableFuture.supplyAsync(() -> conversation.updates(PIN, pin), THREADS))
                .toList();

        List<String> set = newPins.stream()
                .filter(pin -> updates.get(newPins.indexOf(pin)).join().statusCode() == 200)
                .toList();
        assertThat(set).hasSize(1);
        assertThat(updates)
                .extracting(update -> update.join().<Integer>path("error.code"))
                .containsOnly(null, 2102);
        verifies(set.get(0), true);
        assertThat(noticesOfAnUpdate()).as("SMS that tell of it").isEqualTo(1);
    }

    @Test
    void an_update_that_is_refused_tells_nobody() {
        conversation.withPin(PIN);

        conversation.updates("730158", OTHER_PIN).then().statusCode(400);
        conversation.updates(PIN, PIN).then().statusCode(400);
        conversation.updates(PIN, "123456").then().statusCode(400);

        assertThat(noticesOfAnUpdate()).isZero();
    }

    /** Each one costs an SMS, which no other limit counts. */
    @Test
    void no_more_than_five_updates_an_hour_order_an_SMS_and_the_next_one_changes_nothing() {
        conversation.withPin(PIN);
        for (int round = 0; round < 5; round++) {
            String now = round % 2 == 0 ? PIN : OTHER_PIN;
            String next = round % 2 == 0 ? OTHER_PIN : PIN;
            conversation.updates(now, next).then().statusCode(200);
        }

        Response refused = conversation.updates(OTHER_PIN, PIN);

        refused(refused, 429, 2201, "Timeout/Polling Timeout/Command Timeout");
        refused.then().header("RateLimit", containsString("pin-update-3600s"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 720);
        assertThat(noticesOfAnUpdate()).isEqualTo(5);
        verifies(OTHER_PIN, true);
    }

    private long noticesOfAnUpdate() {
        return database.count(
                "SELECT count(*) FROM sms_transaction WHERE user_id = $1 AND type = 'pinUpdated'",
                conversation.driver().name());
    }

    @Test
    void without_a_pin_no_old_one_is_right() {
        refused(conversation.updates(PIN, OTHER_PIN), 400, 2102, "Invalid oldPIN parameter");
        assertThat(stored()).isZero();
    }

    @Test
    void an_update_to_the_same_or_to_a_guessable_pin_is_refused_and_no_wrong_try() {
        conversation.withPin(PIN);

        for (int tried = 0; tried < 6; tried++) {
            refused(conversation.updates(PIN, PIN), 400, 2315, "inwebo: the new password equals the previous one");
            refused(conversation.updates(OTHER_PIN, "123456"), 400, 2102, "Invalid newPIN parameter");
        }

        verifies(PIN, true);
    }

    @Test
    void five_wrong_old_pins_block_the_account() {
        conversation.withPin(PIN);

        for (int tried = 0; tried < 5; tried++) {
            refused(conversation.updates("730158", OTHER_PIN), 400, 2102, "Invalid oldPIN parameter");
        }

        refused(conversation.updates(PIN, OTHER_PIN), 403, 2310, "inwebo: account is blocked");
        conversation.driver().request().get(Conversation.ACCOUNT).then().body("result.isAccountBlocked", equalTo(true));
    }

    @Test
    void a_right_pin_ends_the_row_of_wrong_ones() {
        conversation.withPin(PIN);

        for (int row = 0; row < 2; row++) {
            for (int tried = 0; tried < 4; tried++) {
                verifies("730158", false);
            }
            verifies(PIN, true);
        }
    }

    @Test
    void whether_somebody_has_a_pin_is_not_told() {
        Response withoutPin = conversation.verification(PIN);
        Response unknown = new Conversation(TestDriver.someone(issuer), issuer, vonage).verification(PIN);

        withoutPin.then().statusCode(200).body("result.isPinCodeValid", equalTo(false));
        unknown.then().statusCode(200).body("result.isPinCodeValid", equalTo(false));
    }

    @Test
    void a_pin_is_stored_as_a_hash_that_differs_for_each() {
        Conversation other = new Conversation(TestDriver.withNumber(issuer), issuer, vonage).withPin(PIN);
        conversation.withPin(PIN);

        long hashes = database.count(
                "SELECT count(DISTINCT hash) FROM pin_code WHERE user_id IN ($1, $2)"
                        + " AND hash LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'",
                conversation.driver().name(), other.driver().name());

        assertThat(hashes).isEqualTo(2);
    }
}
