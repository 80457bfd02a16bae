package io.pims.authentication.receipt;

import static io.pims.authentication.Conversation.MESSAGES_RECEIPT;
import static io.pims.authentication.Conversation.RECEIPT;
import static io.pims.authentication.TestDriver.SMSCODE;
import static io.pims.authentication.receipt.SignedMessageStatus.authorization;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.algorithms.Algorithm;
import io.micrometer.core.instrument.MeterRegistry;
import io.pims.authentication.TestDriver;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MessagesReceiptResourceTest {

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    MeterRegistry registry;

    private TestDriver driver;
    private UUID transaction;

    @BeforeEach
    void an_SMS_was_sent_and_nobody_tells_of_it_but_the_test() {
        vonage.reset();
        vonage.behave(new ProviderSettings(Behaviour.NORMAL, 0, false));
        driver = TestDriver.withNumber(issuer);
        transaction = UUID.fromString(driver.asksForCodeAndWaits(10).path("transactionId"));
    }

    @AfterEach
    void as_usual() {
        vonage.reset();
    }

    private static RequestSpecification json(String body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    private static Response send(SignedMessageStatus status) {
        return send(status.body(), status.authorization());
    }

    private static Response send(String body, String authorization) {
        return json(body).header("Authorization", authorization).post(MESSAGES_RECEIPT);
    }

    private String deliveryStatus() {
        Response answer = driver.request().get(SMSCODE + "/" + transaction);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.header("Delivery-Status");
    }

    private static void taken(Response answer) {
        JsonObject message = new JsonObject(answer.asString());
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(message.fieldNames()).containsExactly("transactionId", "status", "result");
        assertThat(message.getString("status")).isEqualTo("SUCCEEDED");
    }

    private static void refused(Response answer, int status, int code, String label) {
        JsonObject message = new JsonObject(answer.asString());
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(message.getJsonObject("error"))
                .isEqualTo(new JsonObject().put("code", code).put("label", label));
    }

    private static void unauthentic(Response answer) {
        refused(answer, 401, 2102, "Invalid Authorization parameter");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    private double counted(String result) {
        return registry.get("pims.receipts").tag("result", result).counter().count();
    }

    private static Stream<String> results() {
        return Stream.of("changed", "unchanged", "unknown-transaction", "unknown-status", "unauthentic", "malformed");
    }

    @Test
    void a_receipt_is_taken_and_told_to_the_driver() {
        double changed = counted("changed");

        taken(send(SignedMessageStatus.about(transaction, "delivered")));

        assertThat(deliveryStatus()).isEqualTo("delivered");
        assertThat(counted("changed")).isEqualTo(changed + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "submitted, 0, submitted",
        "undeliverable, 1260, failed;err-code=1260",
        "rejected, 1050, rejected;err-code=1050",
        "rejected, 1210, failed;err-code=1210",
        "rejected, 1330, failed;err-code=1330",
        "rejected, 1360, expired;err-code=1360",
        "read, 0, submitted"
    })
    void each_status_is_told_as_a_state_with_its_error(String status, int code, String told) {
        SignedMessageStatus receipt = SignedMessageStatus.about(transaction, status);

        taken(send(code == 0 ? receipt : receipt.withError(code)));

        assertThat(deliveryStatus()).isEqualTo(told);
    }

    /** While an account is moved, SMS of both APIs are on their way. */
    @Test
    void both_webhooks_are_open_at_once_and_tell_of_one_state() {
        taken(send(SignedMessageStatus.about(transaction, "undeliverable").withError(1260)));
        taken(given().contentType(ContentType.JSON)
                .body(SignedReceipt.about(transaction, "delivered").signed())
                .post(RECEIPT));
        taken(send(SignedMessageStatus.about(transaction, "rejected").withError(1050)));

        assertThat(deliveryStatus()).isEqualTo("delivered");
    }

    /** The account's setting changes the form of what comes there. */
    @Test
    void the_webhook_of_the_SMS_API_takes_it_too() {
        SignedMessageStatus status = SignedMessageStatus.about(transaction, "delivered");
        double unauthentic = counted("unauthentic");
        double malformed = counted("malformed");

        unauthentic(
                json(status.body()).header("Authorization", authorization("{}")).post(RECEIPT));
        assertThat(deliveryStatus()).isEqualTo("submitted");
        taken(json(status.body())
                .header("Authorization", status.authorization())
                .post(RECEIPT));

        assertThat(deliveryStatus()).isEqualTo("delivered");
        assertThat(counted("unauthentic")).isEqualTo(unauthentic + 1);
        assertThat(counted("malformed")).isEqualTo(malformed);
    }

    @Test
    void the_same_receipt_again_and_an_earlier_one_that_comes_later_change_nothing() {
        SignedMessageStatus delivered = SignedMessageStatus.about(transaction, "delivered");
        String authorization = delivered.authorization();
        taken(send(delivered.body(), authorization));
        double changed = counted("changed");
        double unchanged = counted("unchanged");

        taken(send(delivered.body(), authorization));
        taken(send(SignedMessageStatus.about(transaction, "submitted")));

        assertThat(deliveryStatus()).isEqualTo("delivered");
        assertThat(counted("changed")).isEqualTo(changed);
        assertThat(counted("unchanged")).isEqualTo(unchanged + 2);
    }

    @Test
    void what_nobody_can_make_use_of_is_taken_and_counted() {
        double transactions = counted("unknown-transaction");
        double statuses = counted("unknown-status");

        taken(send(SignedMessageStatus.about(new RequestIds().generate(), "delivered")));
        taken(send(new SignedMessageStatus().without("client_ref")));
        taken(send(new SignedMessageStatus().with("client_ref", "order 7")));
        taken(send(new SignedMessageStatus().with("client_ref", new JsonArray().add(transaction.toString()))));
        taken(send(SignedMessageStatus.about(transaction, "read")));
        taken(send(SignedMessageStatus.about(transaction, "x").with("status", 5)));

        assertThat(counted("unknown-transaction")).isEqualTo(transactions + 4);
        assertThat(counted("unknown-status")).isEqualTo(statuses + 2);
        assertThat(deliveryStatus()).isEqualTo("submitted");
    }

    @Test
    void what_is_not_signed_by_Vonage_now_is_401_and_counted() {
        SignedMessageStatus status = SignedMessageStatus.about(transaction, "delivered");
        String body = status.body();
        double before = counted("unauthentic");

        Response unsigned = json(body).post(MESSAGES_RECEIPT);
        refused(unsigned, 401, 2101, "Missing Authorization parameter");
        assertThat(unsigned.header("WWW-Authenticate")).isEqualTo("Bearer");
        unauthentic(send(body, "Bearer " + SignedMessageStatus.token(SignedMessageStatus.claims(body), "another")));
        unauthentic(send(body, "Bearer " + SignedMessageStatus.claims(body).sign(Algorithm.none())));
        unauthentic(send(body, authorization("{}")));
        unauthentic(send(body + " ", authorization(body)));
        unauthentic(send(
                body,
                "Bearer "
                        + SignedMessageStatus.token(
                                SignedMessageStatus.claims(body)
                                        .withIssuedAt(Instant.now().minusSeconds(400)),
                                FakeVonage.SIGNATURE_SECRET)));
        unauthentic(send(
                body,
                "Bearer "
                        + SignedMessageStatus.token(
                                SignedMessageStatus.claims(body)
                                        .withIssuedAt(Instant.now().plusSeconds(400)),
                                FakeVonage.SIGNATURE_SECRET)));
        unauthentic(send(body, "Bearer " + driver.token()));
        unauthentic(send(body, "Bearer nonsense"));

        assertThat(counted("unauthentic")).isEqualTo(before + 9);
        assertThat(deliveryStatus()).isEqualTo("submitted");
    }

    /** Nobody who has no secret makes the service read a body. */
    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"a\":1,\"a\":2}", "{\"a\":1}x"})
    void what_is_no_JSON_object_is_400_if_it_is_signed_and_401_if_not(String body) {
        double malformed = counted("malformed");

        refused(send(body, authorization(body)), 400, 2102, "Invalid body parameter");
        refused(json(body).post(MESSAGES_RECEIPT), 401, 2101, "Missing Authorization parameter");

        assertThat(counted("malformed")).isEqualTo(malformed + 1);
    }

    @Test
    void too_much_is_refused() {
        String deep = "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        String huge = new SignedMessageStatus().with("x", "x".repeat(17_000)).body();

        refused(send(deep, authorization(deep)), 400, 2102, "Invalid body parameter");
        refused(send(huge, authorization(huge)), 413, 2102, "Invalid body parameter");
        unauthentic(send("{}", "Bearer " + "a".repeat(5_000) + "." + "b".repeat(5_000) + ".c"));
        assertThat(send("{}", "Bearer " + "a".repeat(20_000)).statusCode()).isEqualTo(431);
    }

    @Test
    void another_content_type_or_method_is_refused() {
        SignedMessageStatus status = SignedMessageStatus.about(transaction, "delivered");

        refused(
                given().contentType("application/x-www-form-urlencoded")
                        .body(status.body())
                        .header("Authorization", status.authorization())
                        .post(MESSAGES_RECEIPT),
                415,
                2102,
                "Invalid Content-Type parameter");
        Response put = json(status.body()).put(MESSAGES_RECEIPT);
        refused(put, 405, 2102, "Invalid method parameter");
        assertThat(put.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(given().get(MESSAGES_RECEIPT + "/more").statusCode()).isEqualTo(404);
    }

    /** As Vonage's dashboard does to see whether somebody is there. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?&", "?&&", "/"})
    void a_GET_of_nothing_is_taken_and_does_nothing(String end) {
        List<Double> before = results().map(this::counted).toList();

        taken(given().urlEncodingEnabled(false).get(MESSAGES_RECEIPT + end));
        given().urlEncodingEnabled(false).head(MESSAGES_RECEIPT + end).then().statusCode(200);

        assertThat(results().map(this::counted)).isEqualTo(before);
    }

    @Test
    void there_is_no_receipt_in_a_URL() {
        double malformed = counted("malformed");

        refused(
                given().queryParams(
                                SignedReceipt.about(transaction, "delivered").signed())
                        .get(MESSAGES_RECEIPT),
                400,
                2102,
                "Invalid query parameter");

        assertThat(counted("malformed")).isEqualTo(malformed + 1);
        assertThat(deliveryStatus()).isEqualTo("submitted");
    }
}
