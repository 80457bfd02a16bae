package io.pims.authentication.sms.vonage;

import static io.pims.authentication.sms.vonage.ScriptedVonage.hang;
import static io.pims.authentication.sms.vonage.ScriptedVonage.http;
import static io.pims.authentication.sms.vonage.ScriptedVonage.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What either API may answer, or whoever answers in its place. */
@ParameterizedClass
@EnumSource
class VonageAnswersTest {

    @RegisterExtension
    final TestVonage vonage;

    VonageAnswersTest(VonageApi api) {
        vonage = new TestVonage(api);
    }

    @Test
    void an_SMS_that_is_taken_is_accepted_with_its_id() throws Exception {
        assertThat(vonage.send(vonage.accepted())).isEqualTo(vonage.acceptance());
    }

    @ParameterizedTest
    @CsvSource({
        "401 Unauthorized, MISCONFIGURED",
        "404 Not Found, MISCONFIGURED",
        "429 Too Many Requests, TRY_LATER",
        "500 Internal Server Error, FAULT",
        "503 Service Unavailable, FAULT",
    })
    void an_http_error_is_an_outcome_with_its_status(String line, Kind kind) throws Exception {
        SmsOutcome outcome = vonage.send(http(
                line, "{\"messages\":[{\"status\":\"0\"}],\"message_uuid\":\"" + ScriptedVonage.MESSAGE_UUID + "\"}"));

        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.providerStatus()).isEqualTo("HTTP " + line.substring(0, 3));
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        ScriptedVonage elsewhere = vonage.provider(vonage.accepted());
        ScriptedVonage provider =
                vonage.provider(raw("HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\nLocation: "
                        + elsewhere.uri() + "/anywhere\r\n\r\n"));

        assertThat(vonage.send(provider.uri())).isEqualTo(SmsOutcome.misconfigured("HTTP 307"));
        assertThat(elsewhere.requestsLeft()).isZero();
    }

    /** Whoever says no and does not finish has said no. */
    @ParameterizedTest
    @CsvSource({"401, MISCONFIGURED", "402, MISCONFIGURED", "429, TRY_LATER", "503, FAULT"})
    void an_HTTP_error_counts_though_its_body_breaks_off_or_never_comes(int status, Kind kind) throws Exception {
        String head = "HTTP/1.1 " + status + " No\r\nContent-Length: 500\r\n\r\n{\"type\":";

        assertThat(vonage.send(raw(head))).isEqualTo(new SmsOutcome(kind, null, "HTTP " + status));
        assertThat(vonage.send(hang(head))).isEqualTo(new SmsOutcome(kind, null, "HTTP " + status));
        assertThat(vonage.send(ScriptedVonage.drip(head))).isEqualTo(new SmsOutcome(kind, null, "HTTP " + status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "", "[]", "null", "\"ok\"", "0", "{}", "{\"messa", "{\"message-count\":\"0\"}"})
    void a_senseless_answer_is_a_fault(String body) throws Exception {
        assertThat(vonage.send(http("200 OK", body)).kind()).isEqualTo(Kind.FAULT);
        assertThat(vonage.send(http("202 Accepted", body)).kind()).isEqualTo(Kind.FAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"messages\":[{\"status\":\"0\"}]}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"messages\":[{\"sta",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
            })
    void a_broken_answer_is_a_fault_and_not_repeated_by_the_client(String bytes) throws Exception {
        ScriptedVonage provider = vonage.provider(raw(bytes));

        assertThat(vonage.send(provider.uri()).kind()).isEqualTo(Kind.FAULT);
        provider.request();
        assertThat(provider.requestsLeft()).isZero();
    }

    @Test
    void an_answer_longer_than_any_is_not_read_to_its_end() throws Exception {
        ScriptedVonage provider = vonage.provider((out, self) -> {
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes());
            while (true) {
                out.write(new byte[8192]);
            }
        });

        assertThat(vonage.send(provider.uri())).isEqualTo(SmsOutcome.fault("IOException"));
    }

    @Test
    void endless_headers_are_a_fault() throws Exception {
        ScriptedVonage provider = vonage.provider((out, self) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes());
            while (true) {
                out.write("X-More: and more\r\n".getBytes());
            }
        });

        assertThat(vonage.send(provider.uri()).kind()).isEqualTo(Kind.FAULT);
    }
}
