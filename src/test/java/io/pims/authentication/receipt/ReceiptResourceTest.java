package io.pims.authentication.receipt;

import static io.pims.authentication.Conversation.RECEIPT;
import static io.pims.authentication.TestDriver.SMSCODE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.vonage.client.auth.hashutils.HashType;
import io.micrometer.core.instrument.MeterRegistry;
import io.pims.authentication.Conversation;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ReceiptResourceTest {

    /** Signed by Python with the sandbox's secret, and long ago. */
    private static final Map<String, String> STALE = Map.of(
            "msisdn", "33612345678",
            "status", "delivered",
            "err-code", "0",
            "client-ref", "01a20d88-792b-7c20-9f8d-e5808c131fb9",
            "timestamp", "1600000000",
            "sig", "f7c53373d3f4610d3bc48e1613a677f9ee0b6e838975c35b4bc28c2a2db9417b");

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    MeterRegistry registry;

    @TestHTTPResource
    URI service;

    private TestDriver driver;
    private UUID transaction;

    /** The ways in which Vonage sends. */
    enum Way {
        GET {
            @Override
            Response send(Map<String, String> parameters) {
                return given().queryParams(parameters).get(RECEIPT);
            }
        },
        FORM {
            @Override
            Response send(Map<String, String> parameters) {
                return given().contentType(ContentType.URLENC)
                        .formParams(parameters)
                        .post(RECEIPT);
            }
        },
        JSON {
            @Override
            Response send(Map<String, String> parameters) {
                return given().contentType(ContentType.JSON)
                        .body(new JsonObject(Map.copyOf(parameters)).encode())
                        .post(RECEIPT);
            }
        };

        abstract Response send(Map<String, String> parameters);
    }

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

    private String deliveryStatus() {
        return deliveryStatus(transaction);
    }

    private String deliveryStatus(UUID transaction) {
        Response answer = driver.request().get(SMSCODE + "/" + transaction);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.asString()).fieldNames()).containsExactly("transactionId", "status", "result");
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
        assertThat(message.fieldNames()).containsExactly("transactionId", "status", "error");
        assertThat(message.getJsonObject("error"))
                .isEqualTo(new JsonObject().put("code", code).put("label", label));
        assertThat(answer.header("WWW-Authenticate")).isEqualTo(status == 401 ? "Vonage-Signature" : null);
    }

    private double counted(String result) {
        return registry.get("pims.receipts").tag("result", result).counter().count();
    }

    private double deliveries(String status, String country) {
        return registry.counter("pims.sms.deliveries", "status", status, "country", country, "road", "vonage")
                .count();
    }

    @Test
    void before_any_receipt_it_is_submitted() {
        assertThat(deliveryStatus()).isEqualTo("submitted");
    }

    @ParameterizedTest
    @EnumSource
    void a_receipt_is_taken_in_each_way_and_told_to_the_driver(Way way) {
        double before = counted("changed");
        double delivered = deliveries("delivered", "FR");

        taken(way.send(SignedReceipt.about(transaction, "delivered").signed()));

        assertThat(deliveryStatus()).isEqualTo("delivered");
        assertThat(counted("changed")).isEqualTo(before + 1);
        assertThat(deliveries("delivered", "FR")).isEqualTo(delivered + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "accepted, 0, submitted",
        "buffered, 0, submitted",
        "expired, 1, expired;err-code=1",
        "failed, 6, failed;err-code=6",
        "failed, 100203, failed;err-code=100203",
        "rejected, 0, rejected",
        "unknown, 0, submitted"
    })
    void each_status_is_told_as_a_state_with_its_error(String status, String errorCode, String told) {
        taken(Way.JSON.send(SignedReceipt.about(transaction, status)
                .with("err-code", errorCode)
                .signed()));

        assertThat(deliveryStatus()).isEqualTo(told);
    }

    @Test
    void the_same_receipt_again_and_an_earlier_one_that_comes_later_change_nothing() {
        Map<String, String> delivered =
                SignedReceipt.about(transaction, "delivered").signed();
        taken(Way.GET.send(delivered));
        double changed = counted("changed");
        double unchanged = counted("unchanged");
        double deliveries = deliveries("delivered", "FR");

        taken(Way.GET.send(delivered));
        taken(Way.FORM.send(delivered));
        taken(Way.JSON.send(SignedReceipt.about(transaction, "accepted").signed()));
        taken(Way.JSON.send(SignedReceipt.about(transaction, "failed")
                .with("messageId", "another-part")
                .signed()));

        assertThat(deliveryStatus()).isEqualTo("delivered");
        assertThat(counted("changed")).isEqualTo(changed);
        assertThat(counted("unchanged")).isEqualTo(unchanged + 4);
        assertThat(deliveries("delivered", "FR")).isEqualTo(deliveries);
    }

    @Test
    void receipts_of_several_parts_in_any_order_end_the_same() {
        List<Map<String, String>> receipts = new ArrayList<>();
        for (String status : List.of("accepted", "buffered", "unknown", "expired", "failed", "rejected", "new-one")) {
            for (String part : List.of("1", "2")) {
                receipts.add(SignedReceipt.about(transaction, status)
                        .with("messageId", part)
                        .with("err-code", part)
                        .signed());
            }
        }
        receipts.addAll(List.copyOf(receipts));
        Collections.shuffle(receipts, new Random(5));

        receipts.stream().parallel().map(Way.JSON::send).forEach(ReceiptResourceTest::taken);

        assertThat(deliveryStatus()).isEqualTo("rejected;err-code=2");
    }

    @Test
    void a_receipt_before_the_providers_answer_is_kept() {
        vonage.behave(new ProviderSettings(Behaviour.NORMAL, 1_500, false));
        driver = TestDriver.withNumber(issuer);
        UUID early = UUID.fromString(driver.asksForCode().path("transactionId"));

        taken(Way.JSON.send(SignedReceipt.about(early, "delivered").signed()));

        assertThat(deliveryStatus(early)).isEqualTo("delivered");
        driver.request()
                .header("Prefer", "wait=15")
                .get(SMSCODE + "/" + early)
                .then()
                .body("status", equalTo("SUCCEEDED"));
        assertThat(deliveryStatus(early)).isEqualTo("delivered");
    }

    @Test
    void a_receipt_of_failure_does_not_take_the_code_away() {
        vonage.behave(new ProviderSettings(Behaviour.NORMAL, 0, false));
        Conversation conversation = new Conversation(TestDriver.withNumber(issuer), issuer, vonage);
        String code = conversation.resetCode();
        UUID sent = UUID.fromString(
                vonage.messagesTo(conversation.driver().number()).get(0).clientRef());

        taken(Way.JSON.send(SignedReceipt.about(sent, "failed").signed()));

        conversation.resets(code, "839517").then().statusCode(200);
    }

    @ParameterizedTest
    @EnumSource
    void what_nobody_can_make_use_of_is_taken_and_counted(Way way) {
        double transactions = counted("unknown-transaction");
        double statuses = counted("unknown-status");

        taken(way.send(SignedReceipt.about(UUID.randomUUID(), "delivered").signed()));
        taken(way.send(new SignedReceipt().with("client-ref", "order 7").signed()));
        taken(way.send(new SignedReceipt().without("client-ref").signed()));
        taken(way.send(SignedReceipt.about(transaction, "seen").signed()));
        taken(way.send(SignedReceipt.about(transaction, "x").without("status").signed()));
        taken(way.send(SignedReceipt.about(transaction, "failed")
                .without("msisdn")
                .with("err-code", "six")
                .with("colour", "blue & = green")
                .signed()));

        assertThat(counted("unknown-transaction")).isEqualTo(transactions + 3);
        assertThat(counted("unknown-status")).isEqualTo(statuses + 2);
        assertThat(deliveryStatus()).isEqualTo("failed");
        assertThat(deliveries("failed", "other")).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_signed_by_Vonage_now_is_401_and_counted(Way way) {
        Map<String, String> changed =
                SignedReceipt.about(transaction, "accepted").signed();
        changed.put("status", "delivered");
        Map<String, String> unsigned =
                SignedReceipt.about(transaction, "delivered").signed();
        unsigned.remove("sig");
        double before = counted("unauthentic");

        refused(way.send(unsigned), 401, 2101, "Missing sig parameter");
        refused(way.send(changed), 401, 2102, "Invalid sig parameter");
        refused(
                way.send(SignedReceipt.about(transaction, "delivered").signed("another", HashType.HMAC_SHA256)),
                401,
                2102,
                "Invalid sig parameter");
        refused(
                way.send(SignedReceipt.about(transaction, "delivered")
                        .signed(FakeVonage.SIGNATURE_SECRET, HashType.MD5)),
                401,
                2102,
                "Invalid sig parameter");
        refused(way.send(STALE), 401, 2102, "Invalid timestamp parameter");

        assertThat(counted("unauthentic")).isEqualTo(before + 5);
        assertThat(deliveryStatus()).isEqualTo("submitted");
    }

    @Test
    void nothing_at_all_is_401() {
        refused(given().contentType(ContentType.URLENC).post(RECEIPT), 401, 2101, "Missing sig parameter");
        refused(given().contentType(ContentType.JSON).body("{}").post(RECEIPT), 401, 2101, "Missing sig parameter");
    }

    /** As Vonage's dashboard does to see whether somebody is there. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?&", "?&&"})
    void a_GET_of_nothing_is_taken_and_does_nothing(String query) {
        List<Double> before = results().map(this::counted).toList();

        taken(given().urlEncodingEnabled(false).get(RECEIPT + query));
        given().urlEncodingEnabled(false).head(RECEIPT + query).then().statusCode(200);

        assertThat(results().map(this::counted)).isEqualTo(before);
    }

    private static Stream<String> results() {
        return Stream.of("changed", "unchanged", "unknown-transaction", "unknown-status", "unauthentic", "malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?x", "?x=", "?status=delivered", "?timestamp=1", "?client-ref="})
    void a_GET_of_anything_needs_a_signature(String query) {
        refused(given().urlEncodingEnabled(false).get(RECEIPT + query), 401, 2101, "Missing sig parameter");
    }

    @Test
    void a_token_is_neither_needed_nor_looked_at() {
        Map<String, String> receipt =
                SignedReceipt.about(transaction, "delivered").signed();

        taken(given().header("Authorization", "Bearer nonsense")
                .queryParams(receipt)
                .get(RECEIPT));
        refused(
                given().auth()
                        .oauth2(driver.token())
                        .queryParam("status", "delivered")
                        .get(RECEIPT),
                401,
                2101,
                "Missing sig parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1&a=2", "%3Cb%3E=1", "a%0Ab=1"})
    void what_is_no_form_is_400_and_counted(String text) {
        double before = counted("malformed");

        refused(given().urlEncodingEnabled(false).get(RECEIPT + "?" + text), 400, 2102, "Invalid query parameter");
        refused(form(text), 400, 2102, "Invalid body parameter");

        assertThat(counted("malformed")).isEqualTo(before + 2);
    }

    /** In a URL the framework refuses it before us, without the envelope. */
    @ParameterizedTest
    @ValueSource(strings = {"a=%zz", "a=%"})
    void a_broken_escape_is_400(String text) throws IOException {
        assertThat(asItIs(text)).startsWith("HTTP/1.1 400 ");
        refused(form(text), 400, 2102, "Invalid body parameter");
    }

    private static Response form(String body) {
        return given().contentType("application/x-www-form-urlencoded")
                .body(body)
                .post(RECEIPT);
    }

    /** The answer to a query that no client would send. */
    private String asItIs(String query) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            String request = "GET " + RECEIPT + "?" + query + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"a\":{}}", "{\"a\":1,\"a\":2}", "{\"a\":1}x", "{\"<b>\":1}"})
    void what_is_no_flat_JSON_is_400(String body) {
        refused(given().contentType(ContentType.JSON).body(body).post(RECEIPT), 400, 2102, "Invalid body parameter");
    }

    @Test
    void too_much_is_refused_in_each_way() {
        Map<String, String> many = SignedReceipt.about(transaction, "delivered").signed();
        Stream.iterate(0, n -> n + 1).limit(30).forEach(n -> many.put("p" + n, "1"));
        Map<String, String> longOne = Map.of("status", "x".repeat(513));

        refused(Way.GET.send(many), 400, 2102, "Invalid query parameter");
        refused(Way.FORM.send(many), 400, 2102, "Invalid body parameter");
        refused(Way.JSON.send(many), 400, 2102, "Invalid body parameter");
        refused(Way.GET.send(longOne), 400, 2102, "Invalid query parameter");
        refused(Way.FORM.send(longOne), 400, 2102, "Invalid body parameter");
        refused(Way.JSON.send(longOne), 400, 2102, "Invalid body parameter");
        refused(Way.FORM.send(Map.of("status", "x".repeat(17_000))), 413, 2102, "Invalid body parameter");
        refused(Way.JSON.send(Map.of("status", "x".repeat(17_000))), 413, 2102, "Invalid body parameter");
    }

    @Test
    void another_content_type_or_method_is_refused() {
        refused(
                given().contentType("text/plain").body("status=delivered").post(RECEIPT),
                415,
                2102,
                "Invalid Content-Type parameter");
        refused(given().multiPart("status", "delivered").post(RECEIPT), 415, 2102, "Invalid Content-Type parameter");
        refused(given().put(RECEIPT), 405, 2102, "Invalid method parameter");
    }

    @Test
    void the_fake_Vonage_tells_by_itself_in_each_way() {
        vonage.reset();
        List<TestDriver> drivers =
                Stream.generate(() -> TestDriver.withNumber(issuer)).limit(3).toList();

        for (TestDriver each : drivers) {
            driver = each;
            UUID sent = UUID.fromString(each.asksForCodeAndWaits(10).path("transactionId"));
            await().untilAsserted(() -> assertThat(deliveryStatus(sent)).isEqualTo("delivered"));
        }
    }

    @Test
    void a_number_that_ends_in_9991NN_gets_a_receipt_of_failure() {
        vonage.reset();
        driver = TestDriver.withNumber(issuer, "+33600999106");

        UUID sent = UUID.fromString(driver.asksForCodeAndWaits(10).path("transactionId"));

        await().untilAsserted(() -> assertThat(deliveryStatus(sent)).isEqualTo("failed;err-code=6"));
    }
}
