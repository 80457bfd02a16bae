package io.pims.authentication.risk;

import static io.pims.authentication.ScriptedServer.http;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer;
import io.pims.authentication.risk.ScriptedOperator.Operator;
import io.pims.authentication.risk.SimSwap.Kind;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CamaraSimSwapTest {

    @RegisterExtension
    final ScriptedOperator network = new ScriptedOperator();

    @Test
    void the_question_has_the_number_and_the_hours_and_nothing_else() throws Exception {
        Operator operator = network.operator(http("200 OK", "{\"swapped\":true}"));

        assertThat(ScriptedOperator.ask(network.camara(operator.uri())))
                .isEqualTo(new SimSwap(Kind.SWAPPED, "HTTP 200"));

        ScriptedServer.Request request = operator.request();
        assertThat(request.line()).isEqualTo("POST /sim-swap/v2/check HTTP/1.1");
        assertThat(new JsonObject(request.body()))
                .isEqualTo(new JsonObject().put("phoneNumber", "+33612345678").put("maxAge", 72));
        assertThat(request.header("authorization")).isEqualTo("Bearer " + ScriptedOperator.TOKEN);
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("x-correlator")).isEqualTo(ScriptedOperator.TRANSACTION.toString());
        assertThat(request.header("traceparent")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200, {\"swapped\":true}, SWAPPED, HTTP 200",
        "200, {\"swapped\":false}, NOT_SWAPPED, HTTP 200",
        "200, '{\"swapped\":false,\"more\":[{}]}', NOT_SWAPPED, HTTP 200",
        "400, {\"code\":\"OUT_OF_RANGE\"}, MISCONFIGURED, HTTP 400 OUT_OF_RANGE",
        "400, {\"code\":\"INVALID_ARGUMENT\"}, MISCONFIGURED, HTTP 400 INVALID_ARGUMENT",
        "401, {\"code\":\"UNAUTHENTICATED\"}, MISCONFIGURED, HTTP 401 UNAUTHENTICATED",
        "403, {\"code\":\"PERMISSION_DENIED\"}, MISCONFIGURED, HTTP 403 PERMISSION_DENIED",
        "404, {\"code\":\"NOT_FOUND\"}, MISCONFIGURED, HTTP 404 NOT_FOUND",
        "404, <html>, MISCONFIGURED, HTTP 404",
        "404, {\"code\":\"IDENTIFIER_NOT_FOUND\"}, UNKNOWN_NUMBER, HTTP 404 IDENTIFIER_NOT_FOUND",
        "404, {\"code\":\"SIM_SWAP.UNKNOWN_PHONE_NUMBER\"}, UNKNOWN_NUMBER, HTTP 404 SIM_SWAP.UNKNOWN_PHONE_NUMBER",
        "422, {\"code\":\"SERVICE_NOT_APPLICABLE\"}, UNKNOWN_NUMBER, HTTP 422 SERVICE_NOT_APPLICABLE",
        "422, {\"code\":\"UNNECESSARY_IDENTIFIER\"}, MISCONFIGURED, HTTP 422 UNNECESSARY_IDENTIFIER",
        "429, {\"code\":\"TOO_MANY_REQUESTS\"}, THROTTLED, HTTP 429 TOO_MANY_REQUESTS",
        "500, {\"code\":\"INTERNAL\"}, FAULT, HTTP 500 INTERNAL",
        "503, '', THROTTLED, HTTP 503",
        "504, '', NO_ANSWER, HTTP 504",
    })
    void each_documented_answer_has_its_kind(int status, String body, Kind kind, String detail) throws Exception {
        assertThat(network.askCamara(http(status + " x", body))).isEqualTo(new SimSwap(kind, detail));
    }

    /** No status but 200 is an answer, whatever stands behind it. */
    @Test
    void no_other_status_is_an_answer() {
        assertThat(IntStream.range(200, 600).filter(status -> status != 200)).allSatisfy(status -> {
            SimSwap answer = JsonAnswer.ofStatus(status, "");
            assertThat(answer.kind().isAnswer()).isFalse();
            assertThat(answer.detail()).isEqualTo("HTTP " + status);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "<html>",
                "null",
                "[]",
                "{}",
                "{\"swapped\":null}",
                "{\"swapped\":\"false\"}",
                "{\"swapped\":0}",
                "{\"swapped\":[false]}",
                "{\"Swapped\":false}",
                "{\"swapped\":false",
                "[{\"swapped\":false}]",
            })
    void what_says_neither_yes_nor_no_is_a_fault(String body) throws Exception {
        assertThat(network.askCamara(http("200 OK", body)))
                .isEqualTo(new SimSwap(Kind.FAULT, "HTTP 200 without swapped"));
    }

    /** It could be a number, or what the operator thinks of it. */
    @ParameterizedTest
    @ValueSource(strings = {"+33612345678", "no swap of 33612345678", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void a_code_that_is_none_is_not_told(String code) throws Exception {
        assertThat(network.askCamara(
                        http("422 x", new JsonObject().put("code", code).encode())))
                .isEqualTo(new SimSwap(Kind.MISCONFIGURED, "HTTP 422"));
    }

    @ParameterizedTest
    @CsvSource({"401, 1", "403, 0", "200, 0"})
    void a_token_that_is_refused_is_not_used_again(int status, int refused) throws Exception {
        network.askCamara(http(status + " x", "{\"swapped\":false}"));

        assertThat(network.refusedTokens).hasValue(refused);
    }

    /** Bad credentials are no outage: the breaker must not open, and who is woken must see it. */
    @ParameterizedTest
    @CsvSource({
        "'{\"error\":\"invalid_client\",\"error_description\":\"x\"}', MISCONFIGURED, 'no token, invalid_client'",
        "{\"error\":\"invalid_scope\"}, MISCONFIGURED, 'no token, invalid_scope'",
        "{\"error\":\"a-secret\"}, FAULT, 'no token, IllegalStateException'",
        "{\"error\":[\"invalid_client\"]}, FAULT, 'no token, IllegalStateException'",
        "invalid_client, FAULT, 'no token, IllegalStateException'",
        "'', FAULT, 'no token, IllegalStateException'",
        ", FAULT, 'no token, IllegalStateException'",
    })
    void what_the_token_endpoint_says_is_told_only_if_it_is_an_error_of_RFC_6749(
            String said, Kind kind, String detail) {
        SimSwap answer = ScriptedOperator.ask(network.camara(
                URI.create("http://127.0.0.1:1"),
                ScriptedOperator.TIMEOUT,
                network.tokens(Uni.createFrom().failure(new IllegalStateException(said)))));

        assertThat(answer).isEqualTo(new SimSwap(kind, detail));
    }

    @Test
    void without_a_token_nothing_is_asked() throws Exception {
        Operator operator = network.operator(http("200 OK", "{\"swapped\":false}"));

        SimSwap late = ScriptedOperator.ask(network.camara(
                operator.uri(),
                ScriptedOperator.TIMEOUT,
                network.tokens(Uni.createFrom().failure(new TimeoutException()))));
        SimSwap refused = ScriptedOperator.ask(network.camara(
                operator.uri(),
                ScriptedOperator.TIMEOUT,
                network.tokens(Uni.createFrom().failure(new IllegalStateException("client_secret=x")))));

        assertThat(late).isEqualTo(new SimSwap(Kind.NO_ANSWER, "no token, TimeoutException"));
        assertThat(refused).isEqualTo(new SimSwap(Kind.FAULT, "no token, IllegalStateException"));
        assertThat(operator.connections()).isZero();
    }
}
