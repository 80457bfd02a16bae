package io.pims.authentication.smscode;

import static io.pims.authentication.TestDriver.SMSCODE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.ReceivedMessage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SmsCodeResourceTest {

    private static final String UUID_V7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    UsedLimits limits;

    @Inject
    Database database;

    @BeforeEach
    void provider_is_as_it_should_be() {
        vonage.reset();
    }

    @Test
    void a_request_is_accepted_with_the_seeds_envelope_and_its_address() {
        TestDriver driver = TestDriver.withNumber(issuer);

        Response answer = driver.asksForCode();

        String id = answer.path("transactionId");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(id).matches(UUID_V7);
        assertThat(answer.asString())
                .isEqualTo("{\"transactionId\":\"" + id + "\",\"status\":\"PENDING\",\"result\":null}");
        assertThat(answer.header("Location")).isEqualTo(SMSCODE + "/" + id);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void the_sms_arrives_with_a_code_and_the_transaction_has_succeeded() {
        TestDriver driver = TestDriver.withNumber(issuer);

        Response answer = driver.asksForCodeAndWaits(10);

        String id = answer.path("transactionId");
        List<ReceivedMessage> received = vonage.messagesTo(driver.number());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=10");
        assertThat(answer.asString())
                .isEqualTo("{\"transactionId\":\"" + id + "\",\"status\":\"SUCCEEDED\",\"result\":null}");
        assertThat(received).hasSize(1);
        assertThat(received.get(0).clientRef()).isEqualTo(id);
        assertThat(received.get(0).text()).matches("(?s).*\\b\\d{6}\\b.*\n@peugeot\\.com #\\d{6}");
    }

    @Test
    void the_outcome_can_be_waited_for() {
        TestDriver driver = TestDriver.withNumber(issuer);
        vonage.behave(new ProviderSettings(Behaviour.NORMAL, 500, true));
        String location = driver.asksForCode().header("Location");

        driver.request().get(location).then().statusCode(200).body("status", equalTo("PENDING"));
        driver.request()
                .header("Prefer", "respond-async, wait=10")
                .get(location)
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=10")
                .body("status", equalTo("SUCCEEDED"));
    }

    @Test
    void a_wait_ends_with_what_is_known() {
        TestDriver driver = TestDriver.withNumber(issuer);
        vonage.behave(new ProviderSettings(Behaviour.NORMAL, 2_000, true));

        Response answer = driver.asksForCodeAndWaits(1);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.<String>path("status")).isEqualTo("PENDING");
    }

    @Test
    void a_wait_is_cut_to_the_longest_one_and_nonsense_is_no_preference() {
        TestDriver driver = TestDriver.withNumber(issuer);
        String location = driver.asksForCodeAndWaits(99999).header("Location");

        driver.request().header("Prefer", "wait=99999").get(location).then().header("Preference-Applied", "wait=20");
        assertThat(driver.request().header("Prefer", "wait=soon").get(location).header("Preference-Applied"))
                .isNull();
    }

    @Test
    void another_drivers_transaction_does_not_exist() {
        String location = TestDriver.withNumber(issuer).asksForCode().header("Location");
        TestDriver other = TestDriver.someone(issuer);

        other.request()
                .get(location)
                .then()
                .statusCode(404)
                .body("error.code", equalTo(2102))
                .body("error.label", equalTo("Invalid transactionId parameter"));
    }

    @Test
    void the_same_idempotency_key_is_the_same_transaction_and_one_sms() {
        TestDriver driver = TestDriver.withNumber(issuer);

        List<Response> answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> driver.json()
                        .header("Idempotency-Key", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"")
                        .body("{\"type\":\"resetPIN\"}")
                        .post(SMSCODE))
                .toList();

        String id = answers.get(0).path("transactionId");
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isIn(200, 202);
            assertThat(answer.<String>path("transactionId")).isEqualTo(id);
        });
        await().untilAsserted(
                        () -> driver.request().get(SMSCODE + "/" + id).then().body("status", equalTo("SUCCEEDED")));
        assertThat(vonage.messagesTo(driver.number())).hasSize(1);
    }

    @Test
    void asking_again_while_a_code_lives_sends_the_same_code() {
        TestDriver driver = TestDriver.withNumber(issuer);
        TestDriver other = TestDriver.withNumber(issuer);

        driver.asksForCodeAndWaits(10).then().statusCode(200);
        other.asksForCodeAndWaits(10).then().statusCode(200);
        limits.forget(driver);
        driver.asksForCodeAndWaits(10).then().statusCode(200);

        List<ReceivedMessage> received = vonage.messagesTo(driver.number());
        assertThat(received).hasSize(2);
        assertThat(code(received.get(1).text())).isEqualTo(code(received.get(0).text()));
        assertThat(code(vonage.messagesTo(other.number()).get(0).text()))
                .isNotEqualTo(code(received.get(0).text()));
    }

    private List<String> textsWhenAskedAgain(String later) {
        TestDriver driver = TestDriver.withNumber(issuer);
        driver.asksForCodeAndWaits(10).then().statusCode(200);
        limits.forget(driver);
        database.ageCodes(driver, later);
        driver.asksForCodeAndWaits(10).then().statusCode(200);
        return vonage.messagesTo(driver.number()).stream()
                .map(ReceivedMessage::text)
                .toList();
    }

    private static String code(String text) {
        return text.substring(text.lastIndexOf('#'));
    }

    @Test
    void a_code_with_little_time_left_is_not_sent_again_but_a_new_one_with_all_of_its_own() {
        List<String> texts = textsWhenAskedAgain("7 minutes 40 seconds");

        assertThat(code(texts.get(1))).isNotEqualTo(code(texts.get(0)));
        assertThat(texts).allMatch(text -> text.contains("Valid for 9 min"));
    }

    @Test
    void a_code_that_is_sent_again_tells_the_time_that_it_has_left_and_no_more() {
        // The deadline of 30 s, two minutes, and some time for a slow machine.
        List<String> texts = textsWhenAskedAgain("7 minutes 5 seconds");

        assertThat(code(texts.get(1))).isEqualTo(code(texts.get(0)));
        assertThat(texts.get(1)).contains("Valid for 2 min");
    }

    @Test
    void the_text_is_in_the_drivers_language_and_brand() {
        TestDriver driver = TestDriver.withNumber(issuer);

        given().auth()
                .oauth2(issuer.token(driver.name(), Optional.empty(), Optional.of("citroen")))
                .contentType("application/json")
                .header("Accept-Language", "fr-CH, fr;q=0.9, en;q=0.8")
                .header("Prefer", "wait=10")
                .body("{\"type\":\"resetPIN\"}")
                .post(SMSCODE)
                .then()
                .statusCode(200);

        assertThat(vonage.messagesTo(driver.number()).get(0).text())
                .startsWith("Citroen : ")
                .contains("votre PIN")
                .contains("\n@citroen.com #");
    }

    @Test
    void over_a_limit_the_answer_tells_when_to_come_back() {
        TestDriver driver = TestDriver.withNumber(issuer);
        driver.asksForCode().then().statusCode(202);

        driver.asksForCode()
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("30|29"))
                .header("RateLimit-Policy", equalTo("\"user-type-30s-resetPIN\";q=1;w=30"))
                .header("RateLimit", matchesPattern("\"user-type-30s-resetPIN\";r=0;t=(30|29)"))
                .body("status", equalTo("FAILED"))
                .body("error.code", equalTo(2201))
                .body("error.label", equalTo("Timeout/Polling Timeout/Command Timeout"));
    }
}
