package io.pims.authentication.certification;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PhoneNumberChangeTest {

    private static final String PIN = "839517";

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @BeforeEach
    void provider_is_as_it_should_be() {
        vonage.reset();
    }

    private Conversation newcomer() {
        return new Conversation(TestDriver.someone(issuer), issuer, vonage);
    }

    private Conversation driver() {
        return new Conversation(TestDriver.withNumber(issuer), issuer, vonage);
    }

    /** A number that nobody has. */
    private String unused() {
        return TestDriver.someone(issuer).number();
    }

    private static void refused(Response answer, int status, int code, String label) {
        answer.then().statusCode(status).body("error.code", equalTo(code)).body("error.label", equalTo(label));
    }

    private static void onFile(Conversation conversation, String number) {
        conversation
                .driver()
                .request()
                .get(Conversation.NUMBER)
                .then()
                .statusCode(200)
                .body("result.phoneNumber", equalTo(number));
    }

    @Test
    void however_a_number_is_written_it_is_the_same_one() {
        Conversation conversation = newcomer();
        String number = conversation.driver().number();
        String code = conversation.certificationCode("00" + number.substring(1), number);

        Response answer = conversation.adds("0" + number.substring(3).replaceAll("(..)(?=.)", "$1.") + " ", code);

        answer.then().statusCode(200).body("result", equalTo(null));
        onFile(conversation, number);
    }

    @Test
    void a_number_is_added_only_where_there_is_none() {
        Conversation conversation = driver();
        String other = unused();
        String code = conversation.certificationCode(other);

        Response answer = conversation.adds(other, code);

        refused(answer, 409, 2390, "Phone number allready registered");
        onFile(conversation, conversation.driver().number());
    }

    @Test
    void a_number_is_modified_only_where_there_is_one() {
        Conversation conversation = newcomer();
        String number = conversation.driver().number();
        String code = conversation.certificationCode(number);

        Response answer = conversation.modifies(number, code);

        refused(answer, 404, 2307, "User dont have a phone number");
    }

    @Test
    void a_fourth_account_is_refused_and_its_code_not_spent() {
        String number = unused();
        for (int account = 0; account < 3; account++) {
            TestDriver.withNumber(issuer, number);
        }
        Conversation fourth = newcomer();
        String code = fourth.certificationCode(number);

        for (int tried = 0; tried < 6; tried++) {
            refused(fourth.adds(number, code), 409, 2390, "Phone number allready registered");
        }

        database.execute(
                "DELETE FROM trusted_phone_number WHERE user_id = (SELECT min(user_id) FROM trusted_phone_number"
                        + " WHERE number_hash = (SELECT number_hash FROM sms_code WHERE user_id = $1))",
                fourth.driver().name());
        fourth.adds(number, code).then().statusCode(200);
    }

    @Test
    void a_code_serves_for_the_number_that_it_came_to_and_for_no_other() {
        Conversation conversation = newcomer();
        String number = conversation.driver().number();
        String code = conversation.certificationCode(number);

        refused(conversation.adds(unused(), code), 400, 2305, "The sms code is invalid");

        conversation.adds(number, code).then().statusCode(200);
    }

    @Test
    void a_code_serves_for_who_asked_for_it_and_for_nobody_else() {
        Conversation conversation = newcomer();
        String number = conversation.driver().number();
        String code = conversation.certificationCode(number);
        Conversation thief = newcomer();

        refused(thief.adds(number, code), 400, 2305, "The sms code is invalid");

        conversation.adds(number, code).then().statusCode(200);
    }

    @Test
    void a_code_of_one_type_does_not_serve_for_the_other() {
        Conversation conversation = driver();
        String number = conversation.driver().number();
        String resetCode = conversation.resetCode();
        refused(conversation.modifies(number, resetCode), 400, 2305, "The sms code is invalid");

        String certificationCode = conversation.certificationCode(number);
        refused(conversation.resets(certificationCode, PIN), 400, 2305, "The sms code is invalid");
        refused(conversation.modifies(number, resetCode), 400, 2305, "The sms code is invalid");

        conversation.resets(resetCode, PIN).then().statusCode(200);
        conversation.modifies(number, certificationCode, PIN).then().statusCode(200);
    }

    @Test
    void an_expired_code_is_2306() {
        Conversation conversation = newcomer();
        String number = conversation.driver().number();
        String code = conversation.certificationCode(number);
        database.ageCodes(conversation.driver(), "10 minutes");

        refused(conversation.adds(number, code), 400, 2306, "The sms code is expired");
    }

    @Test
    void five_wrong_codes_end_the_code() {
        Conversation conversation = newcomer();
        String number = conversation.driver().number();
        String code = conversation.certificationCode(number);
        String wrong = code.equals("000000") ? "000001" : "000000";

        for (int guess = 0; guess < 5; guess++) {
            refused(conversation.adds(number, wrong), 400, 2305, "The sms code is invalid");
        }

        refused(conversation.adds(number, code), 403, 2310, "inwebo: account is blocked");
    }

    @Test
    void replayed_nothing_happens_twice() {
        Conversation conversation = newcomer();
        String number = conversation.driver().number();
        String code = conversation.certificationCode(number);
        conversation.adds(number, code).then().statusCode(200);

        refused(conversation.adds(number, code), 409, 2390, "Phone number allready registered");
        refused(conversation.modifies(number, code), 400, 2305, "The sms code is invalid");
    }

    @Test
    void a_change_asks_for_the_pin_that_is_set_and_lets_resets_go_on() {
        Conversation conversation = driver().withPin(PIN);
        String old = conversation.driver().number();
        String other = unused();
        String code = conversation.certificationCode(other);

        refused(conversation.modifies(other, code), 400, 2101, "Missing pinCode parameter");
        refused(conversation.modifies(other, code, "590274"), 400, 2102, "Invalid pinCode parameter");
        conversation.modifies(other, code, PIN).then().statusCode(200);

        onFile(conversation, other);
        await().until(() -> conversation.wasTold(old, "another phone number"));
        // Not held: over the limit of one each 30 s only.
        database.execute(
                "DELETE FROM rate_limit WHERE subject = $1",
                "user/" + conversation.driver().name());
        conversation.driver().asksForCode().then().statusCode(202);
    }

    @Test
    void a_reset_code_that_came_to_the_old_number_is_worth_nothing_after_the_change() {
        Conversation conversation = driver();
        String resetCode = conversation.resetCode();
        String other = unused();
        conversation
                .modifies(other, conversation.certificationCode(other))
                .then()
                .statusCode(200);

        refused(conversation.resets(resetCode, PIN), 400, 2305, "The sms code is invalid");
    }

    @Test
    void five_wrong_pins_at_a_change_block_the_account() {
        Conversation conversation = driver().withPin(PIN);
        String other = unused();
        String code = conversation.certificationCode(other);

        for (int guess = 0; guess < 5; guess++) {
            refused(conversation.modifies(other, code, "590274"), 400, 2102, "Invalid pinCode parameter");
        }

        refused(conversation.modifies(other, code, PIN), 403, 2310, "inwebo: account is blocked");
        refused(conversation.verification(PIN), 403, 2310, "inwebo: account is blocked");
        onFile(conversation, conversation.driver().number());
    }
}
