package io.pims.authentication.smscode;

import static io.pims.authentication.TestDriver.SMSCODE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, the answer is the envelope with the right code, and nothing of ours is in it. */
@QuarkusTest
class BadInputTest {

    private static final String RESET_PIN = "{\"type\":\"resetPIN\"}";

    @Inject
    ThrowawayIssuer issuer;

    @TestHTTPResource
    URI service;

    private TestDriver driver;

    @BeforeEach
    void somebody_signs_in() {
        driver = TestDriver.someone(issuer);
    }

    private static void refused(Response answer, int status, int code, String label) {
        answer.then()
                .statusCode(status)
                .contentType(ContentType.JSON)
                .body("status", equalTo("FAILED"))
                .body("error.code", equalTo(code))
                .body("error.label", equalTo(label))
                .body("size()", equalTo(3))
                .body(not(containsString("xception")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nope                                  | body",
                "[]                                    | body",
                "\"resetPIN\"                          | body",
                "{\"type\":\"resetPIN\"                | body",
                "{\"type\":\"resetPIN\"} {}            | body",
                "{\"type\":\"resetPIN\",\"type\":\"resetPIN\"} | body",
                "{\"type\":5}                          | type",
                "{\"type\":true}                       | type",
                "{\"type\":{}}                         | type",
                "{\"type\":[\"resetPIN\"]}             | type",
                "{\"type\":\"\"}                       | type",
                "{\"type\":\"RESETPIN\"}               | type",
                "{\"type\":\"resetPIN\\u0000\"}        | type",
                "{\"type\":\"\\ud800\"}                | type",
                "{\"type\":\"resetPIN\",\"pin\":\"1\"} | pin",
                "{\"<b>\":\"resetPIN\"}                | body"
            })
    void a_body_that_is_not_as_meant_is_2102(String body, String parameter) {
        refused(driver.json().body(body).post(SMSCODE), 400, 2102, "Invalid " + parameter + " parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":null}", "null"})
    void no_type_is_2101(String body) {
        refused(driver.json().body(body).post(SMSCODE), 400, 2101, "Missing type parameter");
    }

    @Test
    void no_body_is_2101() {
        refused(driver.json().post(SMSCODE), 400, 2101, "Missing type parameter");
    }

    @Test
    void no_trusted_number_is_2101() {
        refused(driver.asksForCode(), 409, 2101, "Missing trustedphonenumber parameter");
    }

    @Test
    void another_content_type_is_2102() {
        refused(
                driver.request().contentType("text/plain").body(RESET_PIN).post(SMSCODE),
                415,
                2102,
                "Invalid Content-Type parameter");
    }

    @Test
    void another_method_is_2102() {
        refused(driver.request().delete(SMSCODE), 405, 2102, "Invalid method parameter");
    }

    @Test
    void another_path_is_2102() {
        refused(driver.request().get("/v1/authentication/nothing"), 404, 2102, "Invalid path parameter");
    }

    @Test
    void an_answer_in_another_format_is_2102() {
        refused(driver.json().accept("text/xml").body(RESET_PIN).post(SMSCODE), 406, 2102, "Invalid Accept parameter");
    }

    @Test
    void deep_nesting_is_2102() throws Exception {
        String deep = "{\"type\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

        HttpResponse<String> answer = post(BodyPublishers.ofString(deep));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":2102,\"label\":\"Invalid type parameter\"");
    }

    @Test
    void a_long_text_is_2102() {
        String body = "{\"type\":\"" + "x".repeat(10_000) + "\"}";

        refused(driver.json().body(body).post(SMSCODE), 400, 2102, "Invalid type parameter");
    }

    @Test
    void a_body_of_a_megabyte_is_2102_with_or_without_a_length() throws Exception {
        byte[] megabyte = " ".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);

        for (HttpRequest.BodyPublisher body : new HttpRequest.BodyPublisher[] {
            BodyPublishers.ofByteArray(megabyte), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(megabyte))
        }) {
            HttpResponse<String> answer = post(body);

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("\"code\":2102,\"label\":\"Invalid body parameter\"");
        }
    }

    @Test
    void over_http_2_a_request_without_a_body_and_one_with_too_much_get_the_envelope() throws Exception {
        HttpClient http2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpRequest get = HttpRequest.newBuilder(service.resolve("/v1/authentication/account"))
                .header("Authorization", "Bearer " + driver.token())
                .build();
        HttpRequest tooMuch = HttpRequest.newBuilder(service.resolve(SMSCODE))
                .header("Authorization", "Bearer " + driver.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(" ".repeat(20_000)))
                .build();

        HttpResponse<String> upgraded = http2.send(get, BodyHandlers.ofString());
        HttpResponse<String> account = http2.send(get, BodyHandlers.ofString());
        HttpResponse<String> refused = http2.send(tooMuch, BodyHandlers.ofString());

        assertThat(upgraded.statusCode()).isEqualTo(200);
        assertThat(account.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(account.body()).contains("\"isAccountBlocked\":false");
        assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("\"code\":2102,\"label\":\"Invalid body parameter\"");
    }

    private HttpResponse<String> post(HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(SMSCODE))
                .header("Authorization", "Bearer " + driver.token())
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nope",
                "0",
                "01a20d50-c179-7fd2-a9fd-55a9d126b91",
                "01a20d50-c179-7fd2-a9fd-55a9d126b917",
                "01a20d50-c179-7fd2-a9fd-55a9d126b917%20",
                "%00",
                "1-1-1-1-1"
            })
    void an_id_that_is_none_is_404(String id) {
        refused(
                driver.request().urlEncodingEnabled(false).get(SMSCODE + "/" + id),
                404,
                2102,
                "Invalid transactionId parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "a b", "ü", "\"a\"b\"", "a\"b"})
    void a_malformed_idempotency_key_is_2102(String key) {
        refused(
                driver.json().header("Idempotency-Key", key).body(RESET_PIN).post(SMSCODE),
                400,
                2102,
                "Invalid Idempotency-Key parameter");
    }

    @Test
    void an_idempotency_key_is_at_most_255_characters_and_there_is_one() {
        refused(
                driver.json()
                        .header("Idempotency-Key", "k".repeat(256))
                        .body(RESET_PIN)
                        .post(SMSCODE),
                400,
                2102,
                "Invalid Idempotency-Key parameter");
        refused(
                driver.json()
                        .header("Idempotency-Key", "k".repeat(255))
                        .body(RESET_PIN)
                        .post(SMSCODE),
                409,
                2101,
                "Missing trustedphonenumber parameter");
        refused(
                driver.json()
                        .header("Idempotency-Key", "a", "b")
                        .body(RESET_PIN)
                        .post(SMSCODE),
                400,
                2102,
                "Invalid Idempotency-Key parameter");
    }

    @Test
    void no_token_is_401_with_a_challenge() {
        Response answer = given().contentType(ContentType.JSON).body(RESET_PIN).post(SMSCODE);

        refused(answer, 401, 2101, "Missing Authorization parameter");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Basic eDp5", "x"})
    void an_unusable_token_is_401_with_a_challenge(String authorization) {
        Response answer = given().header("Authorization", authorization)
                .contentType(ContentType.JSON)
                .body(RESET_PIN)
                .post(SMSCODE);

        refused(answer, 401, 2102, "Invalid Authorization parameter");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void a_spoilt_token_is_401() {
        String user = driver.name();
        String[] spoilt = {
            issuer.sign(issuer.claims(user).issuer("https://elsewhere.example")),
            issuer.sign(issuer.claims(user).audience("another-service")),
            issuer.sign(issuer.claims(user).expiresAt(1_600_000_000L)),
            issuer.sign(issuer.claims("")),
            issuer.sign(issuer.claims("x".repeat(256))),
            issuer.sign(issuer.claims("line\nbreak")),
            driver.token().substring(0, driver.token().length() - 4) + "AAAA",
            driver.token() + "." + driver.token()
        };

        for (String token : spoilt) {
            refused(
                    given().auth()
                            .oauth2(token)
                            .contentType(ContentType.JSON)
                            .body(RESET_PIN)
                            .post(SMSCODE),
                    401,
                    2102,
                    "Invalid Authorization parameter");
        }
    }
}
