package io.pims.authentication.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pims.authentication.Operation;
import io.pims.authentication.http.ErrorCode;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The document that is served has an example of every code, and of every body. */
@QuarkusTest
class ApiDescriptionTest {

    private JsonObject document;

    @BeforeEach
    void somebody_reads_the_document() throws JsonProcessingException {
        String json = given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        // The service's own mapper takes nothing as deep as this.
        document = new JsonObject(new ObjectMapper().readValue(json, new TypeReference<Map<String, Object>>() {}));
    }

    @ParameterizedTest
    @EnumSource
    void an_operation_shows_an_example_of_each_code_that_it_may_answer(Operation operation) {
        Set<Integer> ofAllThatShareThePath = Arrays.stream(Operation.values())
                .filter(other -> other.path().equals(operation.path()))
                .filter(other -> other.method().equals(operation.method()))
                .flatMap(other -> other.codes().stream())
                .collect(Collectors.toSet());

        Set<Integer> shown = answers(operation)
                .filter(answer -> answer.containsKey("error"))
                .map(answer -> answer.getJsonObject("error").getInteger("code"))
                .collect(Collectors.toSet());

        assertThat(shown).isEqualTo(ofAllThatShareThePath);
    }

    @ParameterizedTest
    @EnumSource
    void an_example_is_the_envelope_with_the_label_of_the_contract(Operation operation) {
        assertThat(answers(operation)).isNotEmpty().allSatisfy(answer -> {
            boolean failed = answer.getString("status").equals("FAILED");
            assertThat(answer.fieldNames()).containsExactly("transactionId", "status", failed ? "error" : "result");
            if (failed) {
                JsonObject error = answer.getJsonObject("error");
                ErrorCode code = ErrorCode.of(error.getInteger("code"));
                String[] around = code.label(null).split("\\[PARAMETER]", 2);
                assertThat(error.getString("label")).startsWith(around[0]).endsWith(around[around.length - 1]);
                assertThat(error.getString("label")).doesNotContain("[");
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_body_is_shown_for_each_type_and_action(Operation operation) {
        if (operation.body().isEmpty()) {
            return;
        }
        Stream<JsonObject> examples = examples(described(operation).getJsonObject("requestBody"));

        assertThat(examples).as("an example with the fields of %s", operation).anySatisfy(body -> {
            assertThat(body.fieldNames()).isEqualTo(operation.body().keySet());
            assertThat(body.getString("type")).isEqualTo(operation.body().get("type"));
            assertThat(body.getString("action")).isEqualTo(operation.body().get("action"));
        });
    }

    @Test
    void each_operation_has_a_name_that_a_client_can_be_generated_by() {
        List<String> names = document.getJsonObject("paths").stream()
                .map(path -> (JsonObject) path.getValue())
                .flatMap(path -> path.stream())
                .map(operation -> ((JsonObject) operation.getValue()).getString("operationId"))
                .toList();

        assertThat(names)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("[a-z]+[A-Za-z]+"));
    }

    @Test
    void swagger_ui_is_told_where_the_sandbox_has_tokens() {
        JsonObject scheme = document.getJsonObject("components")
                .getJsonObject("securitySchemes")
                .getJsonObject("sandbox");

        assertThat(scheme.getJsonObject("flows").getJsonObject("password").getString("tokenUrl"))
                .isEqualTo("/sandbox/oauth/token");
    }

    private JsonObject described(Operation operation) {
        return document.getJsonObject("paths")
                .getJsonObject(operation.path())
                .getJsonObject(operation.method().toLowerCase(Locale.ROOT));
    }

    private Stream<JsonObject> answers(Operation operation) {
        JsonObject responses = described(operation).getJsonObject("responses");
        return responses.fieldNames().stream()
                .map(responses::getJsonObject)
                // The HTTP server's own have none.
                .filter(response -> response.containsKey("content"))
                .flatMap(ApiDescriptionTest::examples);
    }

    private static Stream<JsonObject> examples(JsonObject answerOrBody) {
        JsonObject examples = answerOrBody
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("examples");
        return examples.fieldNames().stream()
                .map(name -> examples.getJsonObject(name).getJsonObject("value"));
    }
}
