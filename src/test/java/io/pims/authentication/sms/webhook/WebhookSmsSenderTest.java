package io.pims.authentication.sms.webhook;

import static io.pims.authentication.ScriptedServer.hang;
import static io.pims.authentication.ScriptedServer.http;
import static io.pims.authentication.ScriptedServer.raw;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.ScriptedServer;
import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import io.pims.authentication.sms.webhook.TestGateway.ScriptedGateway;
import io.pims.authentication.webhook.WebhookSignature;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSmsSenderTest {

    @RegisterExtension
    final TestGateway gateway = new TestGateway();

    @Test
    void an_sms_arrives_signed_with_all_that_a_gateway_needs() throws Exception {
        ScriptedGateway provider = gateway.gateway(http("200 OK", "{\"messageId\":\"SM-1\"}"));

        SmsOutcome outcome = TestGateway.send(
                gateway.sender(provider.uri(), 1, "secrets", TestGateway.SECRET + "," + TestGateway.OTHER_SECRET));

        assertThat(outcome).isEqualTo(SmsOutcome.accepted("SM-1", "HTTP 200"));
        ScriptedServer.Request request = provider.request();
        String body = new String(request.body().getBytes(ISO_8859_1), UTF_8);
        assertThat(request.line()).isEqualTo("POST /sms?via=pims HTTP/1.1");
        assertThat(new JsonObject(body))
                .isEqualTo(new JsonObject()
                        .put("to", "+33612345678")
                        .put("from", "Peugeot")
                        .put("text", TestGateway.TEXT)
                        .put("clientRef", "tx-1")
                        .put("ttlSeconds", 600)
                        .put("language", "fr")
                        .put("brand", "peugeot")
                        .put("country", "FR"));
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("webhook-id")).isEqualTo("tx-1");
        assertThat(request.header("webhook-timestamp")).isEqualTo("1614265330");
        assertThat(request.header("webhook-signature"))
                .isEqualTo(new WebhookSignature("", List.of(TestGateway.SECRET, TestGateway.OTHER_SECRET))
                        .of("tx-1", TestGateway.NOW, body));
        assertThat(request.header("traceparent")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200, ACCEPTED",
        "201, ACCEPTED",
        "202, ACCEPTED",
        "204, ACCEPTED",
        "299, ACCEPTED",
        "300, MISCONFIGURED",
        "301, MISCONFIGURED",
        "307, MISCONFIGURED",
        "400, REFUSED",
        "401, MISCONFIGURED",
        "402, REFUSED",
        "403, MISCONFIGURED",
        "404, MISCONFIGURED",
        "405, MISCONFIGURED",
        "406, REFUSED",
        "407, MISCONFIGURED",
        "408, NO_ANSWER",
        "409, REFUSED",
        "410, MISCONFIGURED",
        "411, MISCONFIGURED",
        "413, MISCONFIGURED",
        "415, MISCONFIGURED",
        "421, MISCONFIGURED",
        "425, TRY_LATER",
        "426, MISCONFIGURED",
        "431, MISCONFIGURED",
        "422, REFUSED",
        "429, TRY_LATER",
        "499, REFUSED",
        "500, FAULT",
        "501, FAULT",
        "502, NO_ANSWER",
        "503, TRY_LATER",
        "504, NO_ANSWER",
        "599, FAULT",
        "600, FAULT",
    })
    void a_status_is_an_outcome_whatever_the_body_says(int status, Kind kind) throws Exception {
        assertThat(gateway.send(http(status + " x", status == 204 ? "" : "{\"messageId\":\"1\"}")))
                .extracting(SmsOutcome::kind, SmsOutcome::providerStatus)
                .containsExactly(kind, "HTTP " + status);
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        ScriptedGateway elsewhere = gateway.gateway(http("200 OK", "{}"));

        assertThat(gateway.send(http("307 Temporary Redirect\r\nLocation: " + elsewhere.uri(), "")))
                .isEqualTo(SmsOutcome.misconfigured("HTTP 307"));
        assertThat(elsewhere.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ok",
                "<html>",
                "null",
                "[]",
                "\"id\"",
                "{}",
                "{\"messageId\":null}",
                "{\"messageId\":7}",
                "{\"messageId\":\"\"}",
                "{\"messageId\":\"a b\"}",
                "{\"messageId\":\"a\\nb\"}",
                "{\"messageId\":\"é\"}",
                "{\"messageId\":{\"id\":\"a\"}}",
                "{\"messageId\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
                "{\"messageid\":\"a\"}",
                "{\"messageId\":\"a\"",
            })
    void what_is_no_id_is_taken_without_one(String body) throws Exception {
        assertThat(gateway.send(http("200 OK", body))).isEqualTo(SmsOutcome.accepted(null, "HTTP 200"));
    }

    @Test
    void an_id_has_up_to_64_characters() throws Exception {
        String id = "Aa0._:-" + "x".repeat(57);

        assertThat(gateway.send(http("202 Accepted", "{\"messageId\":\"" + id + "\",\"more\":[{}]}")))
                .isEqualTo(SmsOutcome.accepted(id, "HTTP 202"));
    }

    /** A repeat of what was taken would cost the driver a second SMS. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"messageId\":\"a\"}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"messa",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
            })
    void half_an_answer_is_one_if_its_status_is_there(String bytes) throws Exception {
        assertThat(gateway.send(raw(bytes)).kind()).isEqualTo(Kind.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1 ",
                "HTTP/1.1 2",
                "HTTP/1.1 two OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-Half: ",
            })
    void a_broken_answer_is_a_fault_and_not_repeated_by_the_client(String bytes) throws Exception {
        ScriptedGateway provider = gateway.gateway(raw(bytes));

        assertThat(gateway.send(provider.uri()).kind()).isEqualTo(Kind.FAULT);
        provider.request();
        assertThat(provider.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200 OK, ACCEPTED", "500 Internal Server Error, FAULT"})
    void an_answer_longer_than_any_is_not_read_to_its_end(String line, Kind kind) throws Exception {
        ScriptedGateway provider = gateway.gateway((out, self) -> {
            out.write(("HTTP/1.1 " + line + "\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
            while (true) {
                out.write(new byte[8192]);
            }
        });

        assertThat(gateway.send(provider.uri()).kind()).isEqualTo(kind);
    }

    @Test
    void endless_headers_are_a_fault() throws Exception {
        ScriptedGateway provider = gateway.gateway((out, self) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            while (true) {
                out.write("X-More: and more\r\n".getBytes(UTF_8));
            }
        });

        assertThat(gateway.send(provider.uri()).kind()).isEqualTo(Kind.FAULT);
    }

    @Test
    void silence_is_no_answer() throws Exception {
        assertThat(gateway.send(hang("")).kind()).isEqualTo(Kind.NO_ANSWER);
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n', ACCEPTED",
        "'HTTP/1.1 503 Busy\r\nConnection: close\r\n\r\n', TRY_LATER",
        "'HTTP/1.1 200 OK\r\nX-Slow: ', NO_ANSWER",
        "'', NO_ANSWER",
    })
    void an_answer_that_drips_for_ever_ends_with_what_is_known(String start, Kind kind) throws Exception {
        assertThat(gateway.send(ScriptedGateway.drip(start)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "url, http://sms.example/send, url must be https",
        "url, sms.example, url must be https",
        "url, https://user:password@sms.example/, url must be https",
        "url, '', url is missing",
        "secrets, '', secrets is missing",
        "secrets, whsec_abc, secrets has a secret",
    })
    void a_wrong_setting_stops_the_start(String key, String value, String message) {
        assertThatThrownBy(() -> gateway.sender(URI.create("http://127.0.0.1:1"), 1, key, value))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("pims.sms.routes.gateway.webhook." + message)
                .message()
                .doesNotContain("password");
    }

    @ParameterizedTest
    @CsvSource({"clients, 0", "clients, 257", "connect-timeout, 1ms", "read-timeout, 2m"})
    void a_setting_out_of_its_bounds_stops_the_start(String key, String value) {
        assertThatThrownBy(() -> gateway.sender(URI.create("http://127.0.0.1:1"), 1, key, value))
                .hasMessageContaining(key);
    }
}
