package io.pims.authentication;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation with every kind of wrong request: always the envelope, never a 500, never a word of what was sent. What
 * an operation answers to a right request is in the tests of its package; of those about a driver in
 * {@link OperationsOnDriversTest}.
 */
@QuarkusTest
class OperationsTest {

    /** What is not six digits, nor a phone number, nor a name. */
    static final Map<String, String> UNREADABLE = Map.of(
            "of another script", "٠٤٨٢١٣",
            "with a NUL", "048213\u0000",
            "with a line break in it", "048\n213",
            "over-long", "4".repeat(300),
            "longer than any text", "4".repeat(5_000),
            "empty", "",
            "half a character", "\ud800");

    private static final Set<String> ROLES = Set.of("pin-verifier", "auditor", "support", "privacy", "driver", "");

    @TestHTTPResource
    URI service;

    @Inject
    ThrowawayIssuer issuer;

    private TestDriver driver;

    @BeforeEach
    void somebody_signs_in() {
        driver = TestDriver.someone(issuer);
    }

    /** The others are in the test of their package. */
    static Stream<Operation> byToken() {
        return Stream.of(Operation.values()).filter(Operation::isByToken);
    }

    static Stream<Operation> withBody() {
        return byToken().filter(operation -> !operation.body().isEmpty());
    }

    static Stream<Arguments> fields() {
        return withBody()
                .flatMap(operation -> operation.body().keySet().stream().map(field -> Arguments.of(operation, field)));
    }

    static Stream<Arguments> requiredFields() {
        // Asked for only of a driver who has a PIN: see PhoneNumberChangeTest.
        return fields().filter(pair -> pair.get()[0] != Operation.MODIFY_NUMBER || !pair.get()[1].equals("pinCode"));
    }

    static Stream<Arguments> unreadableFields() {
        return fields().flatMap(pair ->
                UNREADABLE.keySet().stream().map(how -> Arguments.of(pair.get()[0], pair.get()[1], how)));
    }

    static Stream<Operation> forRoles() {
        return byToken().filter(operation -> operation.role().isPresent());
    }

    static Stream<Arguments> wrongRoles() {
        return forRoles()
                .flatMap(operation -> ROLES.stream()
                        .filter(role -> !role.equals(operation.role().get()))
                        .map(role -> Arguments.of(operation, role)));
    }

    @ParameterizedTest
    @MethodSource("byToken")
    void without_a_token_it_is_401(Operation operation) {
        Response answer = send(operation, given(), json(operation));

        refused(operation, answer, 401, 2101, "Authorization");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @MethodSource("byToken")
    void with_a_token_of_another_issuer_it_is_401(Operation operation) {
        String token = issuer.sign(issuer.claims(driver.name())
                .groups(Set.of("pin-verifier", "auditor", "support", "privacy"))
                .issuer("https://elsewhere.example"));

        Response answer = send(operation, given().auth().oauth2(token), json(operation));

        refused(operation, answer, 401, 2102, "Authorization");
    }

    @ParameterizedTest
    @MethodSource("wrongRoles")
    void with_another_role_it_is_403(Operation operation, String role) {
        String token = issuer.token(driver.name(), Optional.of(role), Optional.empty());

        Response answer = send(operation, given().auth().oauth2(token), json(operation));

        refused(operation, answer, 403, 2102, "Authorization");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"insufficient_scope\"");
    }

    @ParameterizedTest
    @MethodSource("forRoles")
    void with_a_driver_s_token_it_is_403(Operation operation) {
        Response answer = send(operation, driver.request(), json(operation));

        refused(operation, answer, 403, 2102, "Authorization");
    }

    @ParameterizedTest
    @MethodSource("requiredFields")
    void a_missing_field_is_2101(Operation operation, String field) {
        JsonObject without = json(operation);
        without.remove(field);

        refused(operation, send(operation, authorized(operation), without), 400, 2101, field);
        refused(
                operation,
                send(operation, authorized(operation), json(operation).putNull(field)),
                400,
                2101,
                field);
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void no_body_is_2101(Operation operation) {
        String first = operation.body().keySet().iterator().next();

        refused(operation, send(operation, authorized(operation), ""), 400, 2101, first);
        refused(operation, send(operation, authorized(operation), "null"), 400, 2101, first);
        refused(operation, send(operation, authorized(operation), "{}"), 400, 2101, first);
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void what_is_no_json_object_is_2102(Operation operation) {
        for (String body : new String[] {"[]", "\"048213\"", "048213", "{", "{\"a\":", json(operation) + "x"}) {
            refused(operation, send(operation, authorized(operation), body), 400, 2102, "body");
        }
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void an_unknown_field_is_2102(Operation operation) {
        JsonObject more = json(operation).put("colour", "839517");

        refused(operation, send(operation, authorized(operation), more), 400, 2102, "colour");
    }

    @ParameterizedTest
    @MethodSource("fields")
    void a_field_that_is_there_twice_is_2102(Operation operation, String field) {
        String twice = "{\"" + field + "\":\"x\"," + json(operation).encode().substring(1);

        refused(operation, send(operation, authorized(operation), twice), 400, 2102, "body");
    }

    /** Also where it would read the same: a leading zero would not survive. */
    @ParameterizedTest
    @MethodSource("fields")
    void a_number_instead_of_text_is_2102(Operation operation, String field) {
        for (Object wrong : new Object[] {839517, 839517.0, true, new JsonObject(), List.of("839517")}) {
            JsonObject body = json(operation).put(field, wrong);

            refused(operation, send(operation, authorized(operation), body), 400, 2102, field);
        }
    }

    @ParameterizedTest
    @MethodSource("unreadableFields")
    void a_field_that_can_not_be_read_is_2102(Operation operation, String field, String how) {
        JsonObject body = json(operation).put(field, UNREADABLE.get(how));

        refused(operation, send(operation, authorized(operation), body), 400, 2102, field);
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void a_field_of_another_action_is_2102(Operation operation) {
        Set<String> all = Set.of("phoneNumber", "smsCode", "pinCode", "oldPIN", "newPIN", "user");
        all.stream().filter(field -> !operation.body().containsKey(field)).forEach(field -> {
            JsonObject body = json(operation).put(field, "839517");

            refused(operation, send(operation, authorized(operation), body), 400, 2102, field);
        });
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void another_content_type_is_2102(Operation operation) {
        RequestSpecification request = authorized(operation).contentType("text/plain");

        refused(
                operation,
                request.body(json(operation).encode()).request(operation.method(), path(operation)),
                415,
                2102,
                "Content-Type");
    }

    /** By hand: HTTP clients send one of their own. */
    @ParameterizedTest
    @MethodSource("withBody")
    void no_content_type_or_one_that_is_none_is_415(Operation operation) throws IOException {
        for (String header : new String[] {
            "",
            "Content-Type:\r\n",
            "Content-Type: json\r\n",
            "Content-Type: */*\r\n",
            "Content-Type: application/*\r\n",
            "Content-Type: application/jsonp\r\n",
            "Content-Type: application/x-www-form-urlencoded\r\n",
            "Content-Type: text/plain, application/json\r\n",
            "Content-Type: text/plain\r\nContent-Type: application/json\r\n",
            "Content-Type: application/json\r\nContent-Type: text/plain\r\n",
        }) {
            refusedByHand(operation, header, json(operation).encode());
            refusedByHand(operation, header, "");
        }
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void json_is_taken_in_any_case_and_with_parameters(Operation operation) throws IOException {
        for (String type :
                new String[] {"application/json; charset=utf-8", "Application/JSON", "application/json;v=1"}) {
            String answer = byHand(operation, "Content-Type: " + type + "\r\n", "[]");

            assertThat(answer).as(type).startsWith("HTTP/1.1 400 ").contains("Invalid body parameter");
        }
    }

    private void refusedByHand(Operation operation, String headers, String body) throws IOException {
        String answer = byHand(operation, headers, body);

        assertThat(answer)
                .as(headers + body)
                .startsWith("HTTP/1.1 415 ")
                .endsWith(
                        "\"status\":\"FAILED\",\"error\":{\"code\":2102,\"label\":\"Invalid Content-Type parameter\"}}");
    }

    private String byHand(Operation operation, String headers, String body) throws IOException {
        String token = issuer.token(driver.name(), operation.role(), Optional.empty());
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            String request =
                    operation.method() + " " + path(operation) + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
                            + "Authorization: Bearer " + token + "\r\n" + headers + "Content-Length: " + body.length()
                            + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void another_method_is_405_with_those_that_the_path_has(Operation operation) {
        Set<String> allowed = new TreeSet<>(Set.of("OPTIONS"));
        Stream.of(Operation.values())
                .filter(other -> other.path().equals(operation.path()))
                .forEach(other ->
                        allowed.addAll(other.method().equals("GET") ? Set.of("GET", "HEAD") : Set.of(other.method())));

        for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
            if (!allowed.contains(method)) {
                Response answer = authorized(operation).request(method, path(operation));

                refused(operation, answer, 405, 2102, "method");
                assertThat(answer.header("Allow")).isEqualTo(String.join(", ", allowed));
            }
        }
    }

    private RequestSpecification authorized(Operation operation) {
        return given().auth().oauth2(issuer.token(driver.name(), operation.role(), Optional.empty()));
    }

    static JsonObject json(Operation operation) {
        JsonObject json = new JsonObject();
        operation.body().forEach(json::put);
        return json;
    }

    private static Response send(Operation operation, RequestSpecification request, JsonObject body) {
        return operation.body().isEmpty()
                ? request.request(operation.method(), path(operation))
                : send(operation, request, body.encode());
    }

    private static Response send(Operation operation, RequestSpecification request, String text) {
        // UTF-8 has no half characters: a client that has one escapes it.
        String body = text.replace("\ud800", "\\ud800");
        return request.contentType(ContentType.JSON).body(body).request(operation.method(), path(operation));
    }

    private static String path(Operation operation) {
        return operation
                .path()
                .replace("{transactionId}", UUID.randomUUID().toString())
                .replace("{user}", "nobody");
    }

    static void refused(Operation operation, Response answer, int status, int code, String parameter) {
        JsonObject message = new JsonObject(answer.asString());
        assertThat(answer.statusCode()).as(message.encode()).isEqualTo(status);
        assertThat(message.fieldNames()).containsExactly("transactionId", "status", "error");
        assertThat(message.getString("status")).isEqualTo("FAILED");
        assertThat(message.getJsonObject("error"))
                .isEqualTo(new JsonObject()
                        .put("code", code)
                        .put("label", ErrorCode.of(code).label(parameter)));
        assertThat(operation.codes()).as("codes in the table").contains(code);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(message.getJsonObject("error").encode())
                .doesNotContain("839517", "590274", "048213", "612345678", "somebody");
    }
}
