package io.pims.authentication.risk;

import static io.pims.authentication.ScriptedServer.http;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer;
import io.pims.authentication.risk.ScriptedOperator.Operator;
import io.pims.authentication.risk.SimSwap.Kind;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VonageIdentityInsightsTest {

    @RegisterExtension
    final ScriptedOperator network = new ScriptedOperator();

    private static String insight(String fields, String code) {
        return "{\"request_id\":\"0000\",\"insights\":{\"sim_swap\":{" + fields + "\"status\":{\"code\":\"" + code
                + "\",\"message\":\"Success\"}}}}";
    }

    @Test
    void the_question_is_for_one_insight() throws Exception {
        Operator vonage = network.operator(http(
                "200 OK", insight("\"latest_sim_swap_at\":\"2026-07-08T09:30:27.504Z\",\"is_swapped\":true,", "OK")));

        assertThat(ScriptedOperator.ask(network.vonage(vonage.uri())))
                .isEqualTo(new SimSwap(Kind.SWAPPED, "HTTP 200 OK"));

        ScriptedServer.Request request = vonage.request();
        assertThat(request.line()).isEqualTo("POST /identity-insights/v1/requests HTTP/1.1");
        assertThat(new JsonObject(request.body())).isEqualTo(new JsonObject("""
                        {"phone_number": "+33612345678", "purpose": "FraudPrevention",
                         "insights": {"sim_swap": {"period": 72}}}"""));
        assertThat(request.header("authorization")).isEqualTo("Bearer " + ScriptedOperator.TOKEN);
        assertThat(request.header("traceparent")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"is_swapped\":true,', OK, SWAPPED",
        "'\"is_swapped\":false,', OK, NOT_SWAPPED",
        "'\"is_swapped\":false,', PARTIAL_SUCCESS, NOT_SWAPPED",
        "'', PARTIAL_SUCCESS, FAULT",
        "'\"is_swapped\":\"false\",', OK, FAULT",
        "'\"is_swapped\":null,', OK, FAULT",
        "'\"is_swapped\":false,', NO_COVERAGE, UNKNOWN_NUMBER",
        "'', NOT_FOUND, UNKNOWN_NUMBER",
        "'', INVALID_NUMBER_FORMAT, UNKNOWN_NUMBER",
        "'', UNSUPPORTED_NETWORK_TYPE, UNKNOWN_NUMBER",
        "'', UNAUTHORIZED, MISCONFIGURED",
        "'', INVALID_PURPOSE, MISCONFIGURED",
        "'', SUPPLIER_ERROR, FAULT",
        "'', INTERNAL_ERROR, FAULT",
        "'\"is_swapped\":false,', NEVER_HEARD_OF, FAULT",
        "'\"is_swapped\":false,', ok, FAULT",
    })
    void each_status_of_the_insight_has_its_kind(String fields, String code, Kind kind) throws Exception {
        assertThat(network.askVonage(http("200 OK", insight(fields, code))).kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "201, FAULT",
        "302, MISCONFIGURED",
        "400, MISCONFIGURED",
        "401, MISCONFIGURED",
        "402, MISCONFIGURED",
        "403, MISCONFIGURED",
        "404, MISCONFIGURED",
        "408, NO_ANSWER",
        "422, MISCONFIGURED",
        "429, THROTTLED",
        "500, FAULT",
        "502, FAULT",
        "503, THROTTLED",
        "504, NO_ANSWER",
        "600, FAULT",
    })
    void each_http_status_has_its_kind_whatever_the_body_says(int status, Kind kind) throws Exception {
        assertThat(network.askVonage(http(status + " x", insight("\"is_swapped\":false,", "OK"))))
                .isEqualTo(new SimSwap(kind, "HTTP " + status));
    }

    @Test
    void a_token_that_can_not_be_made_is_an_answer_too() {
        JsonPost nobody = network.closedAtTheEnd(
                new JsonPost(URI.create("http://127.0.0.1:1"), 1, ScriptedOperator.TIMEOUT, network.vertx()));
        NumberRisk vonage = new VonageIdentityInsights(
                nobody,
                () -> {
                    throw new IllegalStateException("a part of the key");
                },
                "FraudPreventionAndDetection",
                Duration.ofHours(72));

        assertThat(ScriptedOperator.ask(vonage)).isEqualTo(new SimSwap(Kind.FAULT, "IllegalStateException"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"insights\":null}",
                "{\"insights\":[]}",
                "{\"insights\":{\"sim_swap\":true}}",
                "{\"insights\":{\"sim_swap\":{\"is_swapped\":false}}}",
                "{\"insights\":{\"sim_swap\":{\"is_swapped\":false,\"status\":\"OK\"}}}",
            })
    void what_is_no_insight_is_a_fault(String body) throws Exception {
        assertThat(network.askVonage(http("200 OK", body)).kind()).isEqualTo(Kind.FAULT);
    }
}
