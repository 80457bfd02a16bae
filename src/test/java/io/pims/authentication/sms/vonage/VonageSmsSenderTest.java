package io.pims.authentication.sms.vonage;

import static io.pims.authentication.sms.vonage.ScriptedVonage.http;
import static io.pims.authentication.sms.vonage.ScriptedVonage.json;
import static io.pims.authentication.sms.vonage.ScriptedVonage.raw;
import static io.pims.authentication.sms.vonage.ScriptedVonage.status;
import static io.pims.authentication.sms.vonage.TestVonage.PERMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VonageSmsSenderTest {

    @RegisterExtension
    final TestVonage vonage = new TestVonage();

    @Test
    void an_sms_arrives_as_the_api_wants_it() throws Exception {
        ScriptedVonage provider = vonage.provider(status("0"));

        SmsOutcome outcome = vonage.send(provider.uri());

        assertThat(outcome).isEqualTo(SmsOutcome.accepted("0C0001", "0"));
        ScriptedVonage.Request request = provider.request();
        assertThat(request.head())
                .startsWith("POST /sms/json HTTP/1.1\r\n")
                .contains("Authorization: Basic a2V5MTIzNDU6c2VjcmV0MTIzNDU2", "application/x-www-form-urlencoded");
        assertThat(request.body().split("&"))
                .containsExactlyInAnyOrder(
                        "from=Peugeot",
                        "to=33612345678",
                        "type=text",
                        "client-ref=tx-1",
                        "ttl=600000",
                        "text=Peugeot%3A+123456+%C3%A9%0A%40peugeot.com+%23123456");
    }

    @Test
    void a_code_about_to_end_still_gets_the_shortest_time_that_the_api_takes() throws Exception {
        ScriptedVonage provider = vonage.provider(status("0"));

        vonage.sender(provider.uri(), 1)
                .send(
                        new Sms("+33612345678", "Peugeot", "x", "tx-1", Duration.ofSeconds(3), "en", "peugeot", "FR"),
                        PERMIT)
                .await()
                .indefinitely();

        assertThat(provider.request().body()).contains("ttl=20000");
    }

    @ParameterizedTest
    @CsvSource({"1, TRY_LATER", "4, MISCONFIGURED", "7, REFUSED", "13, FAULT", "77, FAULT"})
    void a_status_of_the_provider_is_an_outcome(String status, Kind kind) throws Exception {
        assertThat(vonage.send(status(status)).kind()).isEqualTo(kind);
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
        SmsOutcome outcome = vonage.send(http(line, json("0")));

        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.providerStatus()).isEqualTo("HTTP " + line.substring(0, 3));
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        ScriptedVonage elsewhere = vonage.provider(status("0"));
        ScriptedVonage provider =
                vonage.provider(raw("HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\nLocation: "
                        + elsewhere.uri() + "/sms/json\r\n\r\n"));

        assertThat(vonage.send(provider.uri())).isEqualTo(SmsOutcome.misconfigured("HTTP 307"));
        assertThat(elsewhere.requestsLeft()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "", "[]", "null", "\"ok\"", "{\"messages\":[{\"status\":\"zero\"}]}", "{\"messa"})
    void a_senseless_answer_is_a_fault(String body) throws Exception {
        assertThat(vonage.send(http("200 OK", body)).kind()).isEqualTo(Kind.FAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'remaining-balance':'3,14'",
                "'remaining-balance':{'amount':'3.14','currency':'EUR'}",
                "'remaining-balance':[]",
                "'remaining-balance':NaN",
                "'message-price':'free'",
                "'message-price':true",
                "'message-price':1e400",
                "'network':{'code':20801}",
                "'network':[[[]]]",
                "'to':[33612345678]",
                "'error-text':{'code':null}",
                "'client-ref':{},'account-ref':[1]",
                "'network':'a','network':'b'",
                "'message-id':{'id':1}",
                "'nobody-knows':{'status':'4','messages':[{'status':'4'}]}",
            })
    void what_nobody_reads_beside_a_status_decides_nothing(String field) throws Exception {
        String part = ("{" + field + ",'status':'0'}").replace('\'', '"');
        String behind = ("{'status':'0'," + field + "}").replace('\'', '"');
        String around = ("{" + field.replace("status", "x").replace("messages", "y") + ",'messages':[{'status':'0'}]}")
                .replace('\'', '"');

        for (String body : List.of("{\"messages\":[" + part + "]}", "{\"messages\":[" + behind + "]}", around)) {
            assertThat(vonage.send(http("200 OK", body))).as(body).isEqualTo(SmsOutcome.accepted(null, "0"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "' '",
                "' 0'",
                "'0 '",
                "'00'",
                "'+0'",
                "'-0'",
                "'0.0'",
                "'0x0'",
                "'\u0660'",
                "'OK'",
                "'abc'",
                "null",
                "true",
                "false",
                "0.0",
                "0e0",
                "-0",
                "[]",
                "['0']",
                "{}",
                "'0','status':'4'",
                "'4','status':'0'",
            })
    void what_is_no_status_is_a_fault(String status) throws Exception {
        String body = "{\"messages\":[{\"message-id\":\"a\",\"status\":" + status.replace('\'', '"') + "}]}";

        assertThat(vonage.send(http("200 OK", body)).kind()).isEqualTo(Kind.FAULT);
    }

    @Test
    void a_status_is_a_number_as_well() throws Exception {
        assertThat(vonage.send(http("200 OK", "{\"messages\":[{\"status\":0}]}"))
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
        assertThat(vonage.send(http("200 OK", "{\"messages\":[{\"status\":4}]}"))
                        .kind())
                .isEqualTo(Kind.MISCONFIGURED);
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
