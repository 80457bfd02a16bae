package io.pims.authentication.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.ShortTimes;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.FakeOperator;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The story of a stolen number: the thief has a new SIM with it, and the driver's token. */
@QuarkusTest
@TestProfile(ShortTimes.class)
class SwappedSimTest {

    @Inject
    FakeVonage vonage;

    @Inject
    FakeOperator operator;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    MeterRegistry registry;

    @Inject
    Database database;

    @Inject
    CircuitBreakerMaintenance breakers;

    @BeforeEach
    @AfterEach
    void all_are_as_they_should_be() {
        operator.speak();
        // What is still under way would be another test's SMS.
        await().until(() -> registry.get("pims.in.flight").gauge().value() == 0);
        vonage.reset();
        breakers.resetAll();
    }

    private List<FakeOperator.Question> questions(String transaction) {
        return operator.questions().stream()
                .filter(question -> question.correlator().equals(transaction))
                .toList();
    }

    private long asked(String outcome) {
        return registry.get("pims.sim.swap.check")
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    private double refused() {
        return registry.get("pims.transactions")
                .tags("code", "2204", "outcome", "sim-swapped")
                .counter()
                .count();
    }

    @Test
    void a_number_whose_SIM_was_swapped_five_hours_ago_gets_no_code_and_no_notice_and_the_event_tells() {
        TestDriver driver = TestDriver.withNumber(issuer, "+33612999205");
        double before = refused();

        Response answer = driver.asksForCodeAndWaits(15);

        answer.then().statusCode(200).body("status", equalTo("FAILED")).body("error.code", equalTo(2204));
        String transaction = answer.path("transactionId");
        assertThat(vonage.messages()).as("the thief has the phone").isEmpty();
        assertThat(vonage.requestsTaken()).isZero();
        assertThat(questions(transaction)).singleElement().satisfies(question -> {
            assertThat(question.swapped()).isTrue();
            assertThat(question.hours()).isEqualTo(OptionalInt.of(5));
        });
        new Conversation(driver, issuer, vonage)
                .events(Map.of())
                .then()
                .statusCode(200)
                .body("result.events.size()", equalTo(1))
                .body("result.events[0].what", equalTo("smscode.simSwap"))
                .body("result.events[0].code", equalTo(2204))
                .body("result.events[0].transactionId", equalTo(transaction));
        assertThat(refused()).isEqualTo(before + 1);
    }

    @Test
    void a_SIM_that_is_older_than_is_asked_for_gets_its_code() {
        TestDriver driver = TestDriver.withNumber(issuer, "+33612999273");

        Response answer = driver.asksForCodeAndWaits(15);

        answer.then().body("status", equalTo("SUCCEEDED"));
        assertThat(vonage.messagesTo("+33612999273")).hasSize(1);
        assertThat(questions(answer.path("transactionId")))
                .extracting(FakeOperator.Question::swapped)
                .containsExactly(false);
    }

    @Test
    void a_SIM_that_was_never_swapped_gets_its_code_and_its_driver_no_event() {
        TestDriver driver = TestDriver.withNumber(issuer);

        driver.asksForCodeAndWaits(15).then().body("status", equalTo("SUCCEEDED"));

        new Conversation(driver, issuer, vonage).events(Map.of()).then().body("result.events.size()", equalTo(0));
    }

    /** By the policy that is the default. */
    @Test
    void an_operator_that_says_nothing_delays_the_code_and_does_not_keep_it_back() {
        TestDriver driver = TestDriver.withNumber(issuer, "+33612999209");
        long before = asked("no-answer");
        operator.fallSilent();

        driver.asksForCodeAndWaits(15).then().body("status", equalTo("SUCCEEDED"));

        assertThat(asked("no-answer")).isEqualTo(before + 1);
        assertThat(vonage.messagesTo("+33612999209")).hasSize(1);
    }

    @Test
    void an_operator_that_goes_on_saying_nothing_is_not_asked_for_a_while() {
        operator.fallSilent();
        IntStream.range(0, 20)
                .forEach(each ->
                        TestDriver.withNumber(issuer).asksForCode().then().statusCode(202));
        await().until(() -> breakers.currentState("sim-swap") == CircuitBreakerState.OPEN);

        long before = asked("not-asked");
        TestDriver.withNumber(issuer).asksForCodeAndWaits(15).then().body("status", equalTo("SUCCEEDED"));

        assertThat(asked("not-asked")).isEqualTo(before + 1);
    }

    /** To certify a number takes the PIN or a hold, and a new SIM is what a driver with a new contract has. */
    @Test
    void nobody_is_asked_about_a_number_that_is_being_certified() {
        TestDriver driver = TestDriver.someone(issuer);

        Response answer = driver.json()
                .header("Prefer", "wait=15")
                .body("{\"type\":\"phoneNumberCertification\",\"phoneNumber\":\"+33612999206\"}")
                .post(TestDriver.SMSCODE);

        answer.then().body("status", equalTo("SUCCEEDED"));
        assertThat(questions(answer.path("transactionId"))).isEmpty();
    }

    @Test
    void a_replayed_request_asks_nobody_again() {
        TestDriver driver = TestDriver.withNumber(issuer, "+33612999207");
        Response first = keyed(driver);

        Response again = keyed(driver);

        assertThat(again.<String>path("transactionId")).isEqualTo(first.path("transactionId"));
        again.then().body("error.code", equalTo(2204));
        assertThat(questions(first.path("transactionId"))).hasSize(1);
    }

    private static Response keyed(TestDriver driver) {
        return driver.json()
                .header("Prefer", "wait=15")
                .header("Idempotency-Key", driver.name())
                .body("{\"type\":\"resetPIN\"}")
                .post(TestDriver.SMSCODE);
    }

    /** As a replica leaves it that died between the claim and the answer. */
    @Test
    void a_rescue_asks_anew() {
        TestDriver driver = TestDriver.withNumber(issuer, "+33612999208");
        String transaction = driver.asksForCodeAndWaits(15).path("transactionId");

        database.execute(
                "UPDATE sms_transaction SET status = 'PENDING', error_code = NULL, finished_at = NULL, lease_until = now(),"
                        + " deadline = now() + interval '10 seconds' WHERE id = $1",
                UUID.fromString(transaction));
        driver.request()
                .header("Prefer", "wait=15")
                .get(TestDriver.SMSCODE + "/" + transaction)
                .then()
                .body("error.code", equalTo(2204));

        assertThat(questions(transaction)).hasSize(2);
        assertThat(vonage.messages()).isEmpty();
    }
}
