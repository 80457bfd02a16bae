package io.pims.authentication.sms.vonage;

import static io.pims.authentication.sms.vonage.ScriptedVonage.http;
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

class SmsApiTest {

    @RegisterExtension
    final TestVonage vonage = new TestVonage(VonageApi.SMS);

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

    @Test
    void without_an_account_nothing_is_sent() throws Exception {
        ScriptedVonage provider = vonage.provider(status("0"));

        for (String missing : List.of("pims.sms.vonage.api-key", "pims.sms.vonage.api-secret")) {
            VonageSmsSender sender = vonage.sender(provider.uri(), 1, missing, "");
            assertThat(sender.configured()).isFalse();
            assertThat(sender.send(TestVonage.SMS, PERMIT)
                            .await()
                            .indefinitely()
                            .kind())
                    .isEqualTo(Kind.MISCONFIGURED);
        }
        assertThat(provider.requestsLeft()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, TRY_LATER", "4, MISCONFIGURED", "7, REFUSED", "13, FAULT", "77, FAULT"})
    void a_status_of_the_provider_is_an_outcome(String status, Kind kind) throws Exception {
        assertThat(vonage.send(status(status)).kind()).isEqualTo(kind);
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
}
