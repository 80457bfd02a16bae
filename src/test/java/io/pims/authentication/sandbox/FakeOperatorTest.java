package io.pims.authentication.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FakeOperatorTest {

    private static final String CREDENTIALS = FakeOperator.CLIENT_ID + ":" + FakeOperator.CLIENT_SECRET;

    private static FakeOperator operator;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        operator = FakeOperator.start();
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    private HttpResponse<String> post(URI url, String body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> grant(String credentials, String form) throws Exception {
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
        return post(operator.tokenUrl(), form, Map.of("Authorization", "Basic " + basic));
    }

    private HttpResponse<String> check(String token, String question) throws Exception {
        return post(
                operator.checkUrl(), question, Map.of("Authorization", "Bearer " + token, "x-correlator", "question"));
    }

    private String token() throws Exception {
        return new JsonObject(
                        grant(CREDENTIALS, "grant_type=client_credentials").body())
                .getString("access_token");
    }

    @ParameterizedTest
    @CsvSource({
        "+33612999200, 72, true, 0",
        "+33612999205, 72, true, 5",
        "+33612999272, 72, true, 72",
        "+33612999273, 72, false, 73",
        "+33612999205, 4, false, 5",
        "+33612345678, 2400, false, ",
    })
    void the_end_of_the_number_says_when_its_SIM_was_swapped(String number, int maxAge, boolean swapped, Integer hours)
            throws Exception {
        String question = new JsonObject()
                .put("phoneNumber", number)
                .put("maxAge", maxAge)
                .encode();

        assertThat(check(token(), question).body()).isEqualTo("{\"swapped\":" + swapped + "}");
        FakeOperator.Question last =
                operator.questions().get(operator.questions().size() - 1);
        assertThat(last.correlator()).isEqualTo("question");
        assertThat(last.swapped()).isEqualTo(swapped);
        assertThat(last.hours()).isEqualTo(hours == null ? OptionalInt.empty() : OptionalInt.of(hours));
    }

    @Test
    void a_stranger_gets_no_token_and_no_answer() throws Exception {
        assertThat(grant("pims:wrong", "grant_type=client_credentials").statusCode())
                .isEqualTo(401);
        assertThat(grant(CREDENTIALS, "grant_type=password").statusCode()).isEqualTo(400);
        assertThat(check("wrong", "{\"phoneNumber\":\"+33612999205\",\"maxAge\":72}")
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"''", "[]", "{}", "{\"phoneNumber\":\"+33612999205\"}"})
    void what_is_no_question_is_refused(String body) throws Exception {
        assertThat(check(token(), body).statusCode()).isEqualTo(400);
    }
}
