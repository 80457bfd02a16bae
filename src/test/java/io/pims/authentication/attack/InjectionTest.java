package io.pims.authentication.attack;

import static io.pims.authentication.Conversation.EVENTS;
import static io.pims.authentication.Conversation.NUMBER;
import static io.pims.authentication.Conversation.PINCODE;
import static io.pims.authentication.Conversation.RECEIPT;
import static io.pims.authentication.TestDriver.SMSCODE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.Operation;
import io.pims.authentication.TestDriver;
import io.pims.authentication.attack.Wire.Reply;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that somebody sends becomes a header, a line of the log, a statement or a gigabyte. */
@QuarkusTest
class InjectionTest {

    private static final String MARK = "inj3cted";

    /** What a line of the log, or of a head, could be ended or coloured by. */
    private static final List<String> BREAKS = List.of(
            "\n",
            "\r",
            "\r\n",
            "\u0085",
            "\u2028",
            "\u001b[31m",
            "\u0000",
            "\u0008",
            "\u202e",
            "\u560d\u560a",
            "%0d%0a",
            "\\n");

    private static final List<String> SQL = List.of(
            "' OR '1'='1", "'; DROP TABLE sms_code; --", "\\'; SELECT pg_sleep(10); --", "$1", "1) OR 1=1 --", "%' --");

    @TestHTTPResource
    URI service;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    FakeVonage vonage;

    @Inject
    Database database;

    private TestDriver driver;

    @BeforeEach
    void somebody_signs_in() {
        driver = TestDriver.withNumber(issuer);
    }

    static Stream<Operation> withBody() {
        return Stream.of(Operation.values())
                .filter(Operation::isByToken)
                .filter(operation -> !operation.body().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Prefer: wait=0",
                "Idempotency-Key: k",
                "Accept-Language: fr",
                "Accept: application/json",
                "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "tracestate: a=b",
                "baggage: a=b",
                "X-Request-Id: r",
                "X-Correlation-Id: r",
                "X-Forwarded-For: 1.2.3.4",
                "X-Forwarded-Host: h",
                "X-Forwarded-Prefix: /p",
                "Forwarded: host=h",
                "Origin: https://o.example",
                "Referer: https://o.example",
                "User-Agent: u",
                "Cookie: c=d",
                "Via: 1.1 v"
            })
    void nothing_of_a_header_comes_back_as_one(String header) {
        for (String end : BREAKS) {
            String injected = header + bytes(end) + "X-" + MARK + ": " + bytes("é") + MARK;
            Reply reply = new Wire(service)
                    .say("POST " + SMSCODE + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: Bearer "
                            + driver.token() + "\r\nContent-Type: application/json\r\nContent-Length: 15\r\n" + injected
                            + "\r\n\r\n{\"type\":\"nope\"}");

            assertThat(reply.statuses()).as(injected).isSubsetOf(400, 406).hasSize(1);
            assertThat(reply.text()).as(injected).doesNotContainIgnoringCase(MARK);
        }
    }

    /** In the place where its value goes into a header of the answer. */
    @Test
    void the_wait_that_is_told_is_a_number_whatever_was_asked() {
        for (String wait :
                List.of("1;x=" + MARK, "\"1\"", "1" + MARK, "٣", "-1", "1e3", "0x1", "99999999999999999999")) {
            Reply reply = new Wire(service)
                    .say("POST " + SMSCODE + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: Bearer "
                            + TestDriver.withNumber(issuer).token()
                            + "\r\nContent-Type: application/json\r\nPrefer: wait="
                            + bytes(wait) + "\r\nContent-Length: 19\r\n\r\n{\"type\":\"resetPIN\"}");

            assertThat(reply.statuses()).as(wait).isSubsetOf(200, 202).hasSize(1);
            assertThat(reply.headers().getOrDefault("preference-applied", "wait=0"))
                    .matches("wait=[0-9]{1,3}");
            assertThat(reply.text()).doesNotContain(MARK);
        }
    }

    @Test
    void nothing_that_is_sent_breaks_a_line_of_the_log_or_is_in_it() {
        try (LogCapture log = new LogCapture()) {
            for (String end : BREAKS) {
                String text = "x" + end + MARK;
                withBody().forEach(operation -> {
                    operation.body().keySet().forEach(field -> {
                        JsonObject body = new JsonObject(new LinkedHashMap<>(operation.body()));
                        send(operation, body.put(field, text).encode());
                    });
                    send(operation, new JsonObject().put(text, "1").encode());
                    send(operation, "{\"" + text);
                });
                driver.request().get(SMSCODE + "/{id}", text);
                driver.request().get("/v1/authentication/{path}", text);
                given().auth().oauth2(token("auditor")).queryParam("user", text).get(EVENTS);
                given().auth().oauth2(token("auditor")).queryParam(text, text).get(EVENTS);
                given().queryParam(text, text).get(RECEIPT);
                given().queryParam("client-ref", text).queryParam("sig", text).get(RECEIPT);
                for (String claim : List.of("sub", "brand", "region")) {
                    String token = issuer.sign(issuer.claims(driver.name()).claim(claim, text));
                    given().auth().oauth2(token).get(NUMBER);
                    given().auth()
                            .oauth2(token)
                            .contentType("application/json")
                            .body("{\"type\":\"phoneNumberCertification\",\"phoneNumber\":\"+1\"}")
                            .post(SMSCODE);
                }
            }

            assertThat(log.messages()).isNotEmpty();
            assertThat(log.messages())
                    .allMatch(line -> line.chars().noneMatch(c -> c < ' ' || c == 0x85 || c == 0x2028 || c == 0x202e));
            assertThat(log.messages()).noneMatch(line -> line.contains(MARK));
            assertThat(log.messages()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    /** Quick ones: a statement that slept would be seen by its answer, one that worked by its effect. */
    @Test
    void SQL_is_text_like_any_other() {
        long codes = database.count("SELECT count(*) FROM sms_code");
        for (String sql : SQL) {
            withBody()
                    .forEach(operation -> operation.body().keySet().forEach(field -> {
                        JsonObject body = new JsonObject(new LinkedHashMap<>(operation.body()));
                        Response answer = send(operation, body.put(field, sql).encode());
                        assertThat(answer.statusCode())
                                .as(operation + " " + field + " " + sql)
                                .isLessThan(500);
                    }));
            String named = issuer.sign(issuer.claims("x" + sql));
            given().auth().oauth2(named).get(NUMBER).then().statusCode(404);
            given().auth().oauth2(named).get(Conversation.ACCOUNT).then().statusCode(200);
            Response events = given().auth()
                    .oauth2(token("auditor"))
                    .queryParam("user", "x" + sql)
                    .get(EVENTS);
            assertThat(events.statusCode()).isEqualTo(200);
            assertThat(events.<List<Object>>path("result.events")).isEmpty();
            driver.json()
                    .header("Idempotency-Key", "\"" + sql.replace(" ", "_") + "\"")
                    .body("{\"type\":\"nope\"}")
                    .post(SMSCODE)
                    .then()
                    .statusCode(400);
        }
        assertThat(database.count("SELECT count(*) FROM sms_code")).isGreaterThanOrEqualTo(codes);
    }

    /** As the id of a transaction that there is not: nobody learns that somebody else's exists. */
    @Test
    void the_id_of_another_is_as_good_as_none() {
        TestDriver victim = TestDriver.withNumber(issuer);
        String theirs = victim.asksForCodeAndWaits(15).path("transactionId");
        victim.request().get(SMSCODE + "/" + theirs).then().statusCode(200);

        for (String wait : new String[] {"", "wait=1"}) {
            Response other = driver.request().header("Prefer", wait).get(SMSCODE + "/" + theirs);
            Response none = driver.request().header("Prefer", wait).get(SMSCODE + "/" + UUID.randomUUID());

            assertThat(other.statusCode()).isEqualTo(404).isEqualTo(none.statusCode());
            assertThat(withoutId(other)).isEqualTo(withoutId(none));
            assertThat(names(other)).isEqualTo(names(none));
        }
    }

    @Test
    void the_idempotency_key_and_the_code_of_another_do_nothing() {
        Conversation victim = new Conversation(TestDriver.withNumber(issuer), issuer, vonage);
        String code = victim.resetCode();
        Conversation attacker = new Conversation(driver, issuer, vonage);

        attacker.resets(code, "839517").then().statusCode(400);
        victim.driver()
                .json()
                .header("Idempotency-Key", "shared")
                .body("{\"type\":\"phoneNumberCertification\",\"phoneNumber\":\"0612345678\"}")
                .post(SMSCODE);
        Response mine = driver.json()
                .header("Idempotency-Key", "shared")
                .body("{\"type\":\"resetPIN\"}")
                .post(SMSCODE);

        assertThat(mine.statusCode()).isEqualTo(202);
        victim.resets(code, "839517").then().statusCode(200);
    }

    /** Nobody needs a token to send one. */
    @Test
    void a_receipt_of_no_type_is_415() {
        Reply reply = new Wire(service)
                .say("POST " + RECEIPT
                        + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: 3\r\n\r\na=b");

        assertThat(reply.statuses()).containsExactly(415);
        assertThat(reply.body()).contains("\"code\":2102,\"label\":\"Invalid Content-Type parameter\"");
    }

    /** It is not unpacked, so that it is as small as it came. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "gzip, gzip", "x-gzip"})
    void a_packed_body_is_not_unpacked(String encoding) {
        byte[] bomb = gzip(10_000_000);
        byte[] innocent = gzip("{\"type\":\"resetPIN\"}".getBytes(StandardCharsets.UTF_8));

        for (byte[] packed : List.of(bomb, innocent)) {
            for (Response answer : List.of(
                    packed(driver.request(), encoding).body(packed).post(SMSCODE),
                    packed(RestAssured.given(), encoding).body(packed).post(RECEIPT))) {
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.<String>path("error.label")).isEqualTo("Invalid body parameter");
            }
            assertThat(packed(driver.request(), encoding)
                            .body(packed)
                            .put(PINCODE)
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    private static RequestSpecification packed(RequestSpecification request, String encoding) {
        // Else REST Assured would have a charset of its own.
        return request.config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .header("Content-Encoding", encoding)
                .contentType("application/json");
    }

    private static byte[] gzip(int zeros) {
        return gzip(new byte[zeros]);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    private Response send(Operation operation, String body) {
        return given().auth()
                .oauth2(operation.role().map(this::token).orElse(driver.token()))
                .contentType("application/json")
                .body(body)
                .request(operation.method(), operation.path().replace("{user}", "nobody"));
    }

    private String token(String role) {
        return issuer.token(role, Optional.of(role), Optional.empty());
    }

    private static String withoutId(Response answer) {
        return answer.asString().replaceAll("\"transactionId\":\"[^\"]*\"", "");
    }

    private static List<String> names(Response answer) {
        return answer.headers().asList().stream()
                .map(header -> header.getName())
                .toList();
    }

    /** Its UTF-8, each byte a character. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
