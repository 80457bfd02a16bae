package io.pims.authentication.smscode;

import static io.pims.authentication.TestDriver.SMSCODE;
import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input as people paste it and phones send it, and no programmer would type it. */
@QuarkusTest
class PastedInputTest {

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

    private Conversation conversation(TestDriver driver) {
        return new Conversation(driver, issuer, vonage);
    }

    private long guesses(Conversation conversation) {
        return database.count(
                "SELECT guesses FROM sms_code WHERE user_id = $1",
                conversation.driver().name());
    }

    private static void refused(Response answer, String parameter) {
        answer.then()
                .statusCode(400)
                .body("error.code", equalTo(2102))
                .body("error.label", equalTo("Invalid " + parameter + " parameter"));
    }

    @Test
    void a_number_and_a_code_that_were_pasted_are_those_that_are_seen() {
        TestDriver driver = TestDriver.someone(issuer);
        Conversation conversation = conversation(driver);
        String number = driver.number();
        String pasted = "\u202atel:" + number.substring(0, 3) + "\u00a0" + number.substring(3, 6) + "\u2011"
                + number.substring(6) + "\u202c\n";

        String code = conversation.certificationCode(pasted, number);
        Response added = conversation.adds(pasted, "#" + code.substring(0, 3) + "\u202f" + code.substring(3) + "\r\n");

        added.then().statusCode(200);
        driver.request().get(Conversation.NUMBER).then().body("result.phoneNumber", equalTo(number));
    }

    @Test
    void a_code_that_was_pasted_resets_the_PIN_and_what_is_none_is_no_guess() {
        Conversation conversation = conversation(TestDriver.withNumber(issuer));
        String code = conversation.resetCode();

        refused(conversation.resets(code.substring(1), PIN), "smsCode");
        refused(conversation.resets(code + "0", PIN), "smsCode");
        refused(conversation.resets(code.substring(0, 3) + "x" + code.substring(3), PIN), "smsCode");
        refused(conversation.resets(" ".repeat(40) + code, PIN), "smsCode");
        assertThat(guesses(conversation)).isZero();

        conversation
                .resets("\u200e" + code.substring(0, 3) + " " + code.substring(3) + " ", PIN)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {PIN + "\n", PIN + " ", " " + PIN, "８３９５１７", PIN + "\u200e", "839 517"})
    void a_PIN_is_typed_and_taken_as_it_is(String typed) {
        Conversation conversation = conversation(TestDriver.withNumber(issuer)).withPin(PIN);

        refused(conversation.updates(typed, "590274"), "oldPIN");
        refused(conversation.updates(PIN, typed), "newPIN");
        refused(conversation.verification(typed), "pinCode");
        assertThat(database.count(
                        "SELECT failures FROM pin_code WHERE user_id = $1",
                        conversation.driver().name()))
                .isZero();
    }

    @Test
    void of_a_list_of_languages_the_odd_elements_alone_are_left_out() {
        TestDriver driver = TestDriver.withNumber(issuer);

        driver.json()
                .header("Accept-Language", "xx;q=1.5, , nl;q=0.3", "fr_FR;q=0.9, ;;, de;q=0.5")
                .header("Prefer", "foo=\"bar", "wait=10")
                .body("{\"type\":\"resetPIN\"}")
                .post(SMSCODE)
                .then()
                .statusCode(200);

        assertThat(vonage.messagesTo(driver.number()).get(0).text()).contains("votre PIN");
    }

    @Test
    void several_lines_of_formats_are_one_list() {
        Response answer = TestDriver.someone(issuer)
                .request()
                .header("Accept", "text/html", "", "image/png, application/json;q=0.8")
                .get(Conversation.ACCOUNT);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "application/json, ",
                ", application/json",
                "application/json;q=1.5",
                "application/json;q=x",
                "application/json;q=",
                "application/json;",
                "text/html, application/*;q=0.9, image, */*;q=0.8",
                "*",
                "*/json",
                "application/json, text/html/xml",
                "application/json;charset=\"utf-8",
            })
    void no_list_of_formats_is_a_fault_of_the_service(String accept) {
        Response answer =
                TestDriver.someone(issuer).request().header("Accept", accept).get(Conversation.ACCOUNT);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    }
}
