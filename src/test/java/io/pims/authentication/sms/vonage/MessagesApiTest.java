package io.pims.authentication.sms.vonage;

import static io.pims.authentication.sms.vonage.ScriptedVonage.MESSAGE_UUID;
import static io.pims.authentication.sms.vonage.ScriptedVonage.http;
import static io.pims.authentication.sms.vonage.ScriptedVonage.problem;
import static io.pims.authentication.sms.vonage.TestVonage.PERMIT;
import static io.pims.authentication.sms.vonage.TestVonage.SMS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesApiTest {

    @RegisterExtension
    final TestVonage vonage = new TestVonage(VonageApi.MESSAGES);

    private static JsonObject body(ScriptedVonage.Request request) {
        return new JsonObject(new String(request.body().getBytes(StandardCharsets.ISO_8859_1), UTF_8));
    }

    private static JsonObject decoded(String part) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part), UTF_8));
    }

    @Test
    void an_SMS_arrives_as_the_API_wants_it() throws Exception {
        ScriptedVonage provider = vonage.provider(vonage.accepted());

        vonage.send(provider.uri());

        ScriptedVonage.Request request = provider.request();
        assertThat(request.line()).isEqualTo("POST /v1/messages HTTP/1.1");
        assertThat(request.header("Content-Type")).startsWith("application/json");
        assertThat(body(request))
                .isEqualTo(new JsonObject()
                        .put("message_type", "text")
                        .put("channel", "sms")
                        .put("from", "Peugeot")
                        .put("to", "33612345678")
                        .put("text", "Peugeot: 123456 é\n@peugeot.com #123456")
                        .put("client_ref", "tx-1")
                        .put("ttl", 600)
                        .put("sms", new JsonObject().put("encoding_type", "text")));
    }

    @Test
    void a_code_about_to_end_still_gets_the_shortest_time_that_networks_take() throws Exception {
        ScriptedVonage provider = vonage.provider(vonage.accepted());

        vonage.sender(provider.uri(), 1)
                .send(
                        new Sms("+33612345678", "Peugeot", "x", "tx-1", Duration.ofSeconds(3), "en", "peugeot", "FR"),
                        PERMIT)
                .await()
                .indefinitely();

        assertThat(body(provider.request()).getInteger("ttl")).isEqualTo(20);
    }

    @Test
    void an_application_signs_a_new_token_for_each_request() throws Exception {
        ScriptedVonage provider = vonage.provider(vonage.accepted());
        VonageSmsSender sender = vonage.sender(provider.uri(), 1);

        sender.send(SMS, PERMIT).await().indefinitely();
        sender.send(SMS, PERMIT).await().indefinitely();

        String first = provider.request().header("Authorization");
        String second = provider.request().header("Authorization");
        assertThat(first).startsWith("Bearer ").isNotEqualTo(second);
        String[] token = first.substring("Bearer ".length()).split("\\.");
        assertThat(decoded(token[0]).getString("alg")).isEqualTo("RS256");
        assertThat(decoded(token[1]).getString("application_id")).isEqualTo(TestVonage.APPLICATION);
        assertThat(decoded(token[1]).fieldNames()).contains("iat", "jti");
    }

    @Test
    void without_an_application_the_accounts_key_and_secret_count() throws Exception {
        ScriptedVonage provider = vonage.provider(vonage.accepted());

        vonage.sender(
                        provider.uri(),
                        1,
                        "pims.sms.vonage.application-id",
                        "",
                        "pims.sms.vonage.private-key",
                        "",
                        "pims.sms.vonage.api-key",
                        TestVonage.KEY,
                        "pims.sms.vonage.api-secret",
                        TestVonage.SECRET)
                .send(SMS, PERMIT)
                .await()
                .indefinitely();

        assertThat(provider.request().header("Authorization")).isEqualTo("Basic a2V5MTIzNDU6c2VjcmV0MTIzNDU2");
    }

    @Test
    void with_both_the_application_counts() throws Exception {
        ScriptedVonage provider = vonage.provider(vonage.accepted());

        vonage.sender(
                        provider.uri(),
                        1,
                        "pims.sms.vonage.api-key",
                        TestVonage.KEY,
                        "pims.sms.vonage.api-secret",
                        TestVonage.SECRET)
                .send(SMS, PERMIT)
                .await()
                .indefinitely();

        assertThat(provider.request().header("Authorization")).startsWith("Bearer ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'message_uuid':null}",
                "{'message_uuid':''}",
                "{'message_uuid':1}",
                "{'message_uuid':{}}",
                "{'message_uuid':['aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab']}",
                "{'message_uuid':'aaaaaaaa-bbbb-4ccc-8ddd'}",
                "{'message_uuid':'1-1-1-1-1'}",
                "{'message_uuid':' aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab'}",
                "{'Message_uuid':'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab'}",
                "{'messages':[{'message_uuid':'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab'}]}",
                "{'message_uuid':'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab','message_uuid':'x'}",
                "{'message_uuid':'x','message_uuid':'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab'}",
                "{'message_uuid':'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab'",
                "{'message_uuid':'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab',x}",
                "{'messages':[{'status':'0','message-id':'0C0001'}]}"
            })
    void an_answer_without_an_id_is_a_fault(String body) throws Exception {
        assertThat(vonage.send(http("202 Accepted", body.replace('\'', '"'))))
                .isEqualTo(SmsOutcome.fault("no message_uuid"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'workflow_id':{'a':[1]}",
                "'workflow_id':'a','workflow_id':'b'",
                "'x':NaN",
                "'x':1e400",
                "'x':{'message_uuid':'y'}",
                "'text':'refus\u00e9 \\x'"
            })
    void what_nobody_reads_beside_an_id_decides_nothing(String field) throws Exception {
        String before = "{" + field + ",'message_uuid':'" + MESSAGE_UUID + "'}";
        String behind = "{'message_uuid':'" + MESSAGE_UUID.toUpperCase() + "'," + field + "}";

        assertThat(vonage.send(http("202 Accepted", before.replace('\'', '"')))).isEqualTo(vonage.acceptance());
        assertThat(vonage.send(http("200 OK", behind.replace('\'', '"')))).isEqualTo(vonage.acceptance());
    }

    @ParameterizedTest
    @CsvSource({
        "400 Bad Request, 1040, REFUSED",
        "400 Bad Request, 1020, MISCONFIGURED",
        "422 Unprocessable Entity, 1000, TRY_LATER",
        "422 Unprocessable Entity, 1030, FAULT",
        "422 Unprocessable Entity, 1040, REFUSED",
        "422 Unprocessable Entity, 1100, FAULT",
        "422 Unprocessable Entity, 1120, MISCONFIGURED",
        "422 Unprocessable Entity, 1130, REFUSED",
        "422 Unprocessable Entity, 1150, MISCONFIGURED",
        "422 Unprocessable Entity, 1320, ACCEPTED"
    })
    void a_problem_of_the_request_is_an_outcome_with_its_code(String line, String code, Kind kind) throws Exception {
        assertThat(vonage.send(problem(line, code))).isEqualTo(new SmsOutcome(kind, null, code));
    }

    @ParameterizedTest
    @CsvSource({
        "429 Too Many Requests, 1000, TRY_LATER",
        "429 Too Many Requests, 1010, TRY_LATER",
        "401 Unauthorized, 1040, MISCONFIGURED",
        "402 Payment Required, 1000, MISCONFIGURED",
        "402 Payment Required, 1070, MISCONFIGURED",
        "403 Forbidden, 1030, MISCONFIGURED",
        "403 Forbidden, 1060, MISCONFIGURED",
        "404 Not Found, 1320, MISCONFIGURED",
        "408 Request Timeout, 1040, FAULT",
        "425 Too Early, 1040, FAULT",
        "500 Internal Server Error, 1000, FAULT",
        "500 Internal Server Error, 1030, FAULT",
        "503 Service Unavailable, 1040, FAULT",
        "302 Found, 1000, MISCONFIGURED"
    })
    void any_other_HTTP_status_decides_whatever_the_code_says(String line, String code, Kind kind) throws Exception {
        assertThat(vonage.send(problem(line, code)))
                .isEqualTo(new SmsOutcome(kind, null, "HTTP " + line.substring(0, 3) + ", " + code));
    }

    @Test
    void a_code_that_nobody_knows_is_told_and_decides_nothing() throws Exception {
        assertThat(vonage.send(problem("422 Unprocessable Entity", "1999")))
                .isEqualTo(SmsOutcome.misconfigured("HTTP 422, 1999"));
    }

    @ParameterizedTest
    @CsvSource({
        "401 Unauthorized, unauthorized, MISCONFIGURED",
        "402 Payment Required, low-balance, MISCONFIGURED",
        "403 Forbidden, forbidden, MISCONFIGURED",
        "422 Unprocessable Entity, invalid-params, MISCONFIGURED",
        "422 Unprocessable Entity, 10400, MISCONFIGURED",
        "429 Too Many Requests, throttled, TRY_LATER",
        "500 Internal Server Error, internal-error, FAULT"
    })
    void a_problem_without_a_code_counts_by_its_HTTP_status(String line, String kind, Kind outcome) throws Exception {
        assertThat(vonage.send(problem(line, kind)))
                .isEqualTo(new SmsOutcome(outcome, null, "HTTP " + line.substring(0, 3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':1040}",
                "{'type':null}",
                "{'type':['x#1040']}",
                "{'type':'1040'}",
                "{'type':'x#1040 '}",
                "{'type':'x#1040','type':'x#1050'}",
                "{'title':'1040'}",
                "{'problem':{'type':'x#1040'}}",
                "{'type':'x#1040'",
                "['x#1040']",
                "x#1040"
            })
    void what_is_no_problem_document_has_no_code(String body) throws Exception {
        assertThat(vonage.send(http("422 Unprocessable Entity", body.replace('\'', '"'))))
                .isEqualTo(SmsOutcome.misconfigured("HTTP 422"));
    }

    @Test
    void a_problem_longer_than_any_counts_by_its_HTTP_status() throws Exception {
        String longOne = problem("1040").replace("Not", "Not" + " ".repeat(BoundedExchange.LONGEST_ANSWER));

        assertThat(vonage.send(http("422 Unprocessable Entity", longOne)))
                .isEqualTo(SmsOutcome.misconfigured("HTTP 422"));
    }
}
