package io.pims.authentication.openapi;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import io.pims.authentication.http.ApiPaths;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.openapi.OperationAnswers.Answer;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Completes the generated OpenAPI document with the requests and answers of each operation, as exactly as a schema can
 * say it, and an example of every code. {@code FuzzTest} holds the answers to it.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    private static final String JSON = "application/json";

    /** Refused by the HTTP server while it reads the head of the request: no body, but for a URL over HTTP/2. */
    private static final Map<Integer, String> BY_HTTP_SERVER =
            Map.of(414, "The URL is over 4,096 characters", 431, "The headers are over their bound");

    private static final String ID = "01a20d50-c179-7fd2-a9fd-55a9d126b917";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null) {
            document.components(OASFactory.createComponents());
        }
        document.getComponents()
                .securitySchemes(Map.of(
                        OperationAnswers.BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT"),
                        OperationAnswers.WEBHOOK,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("Signed by Vonage under the signature secret (HS256), at most"
                                        + " pims.receipt.window ago, with the SHA-256 of the body in payload_hash")))
                .schemas(schemas());
        document.tags(null);
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .forEach((method, operation) ->
                                describe(method + " " + path.replace(ApiPaths.ROOT, ""), operation)));
    }

    private static Map<String, Schema> schemas() {
        Map<String, Schema> all = new TreeMap<>(EnvelopeSchemas.components());
        all.putAll(RequestBodies.components());
        return all;
    }

    private static void describe(String name, Operation operation) {
        operation.operationId(OperationNames.of(name)).tags(List.of(OperationNames.group(name)));
        operation.security(OperationAnswers.scheme(name).stream()
                .map(scheme -> OASFactory.createSecurityRequirement().addScheme(scheme))
                .toList());
        RequestParameters.describe(name, operation);
        if (!RequestBodies.of(name).isEmpty()) {
            MediaType body = operation.getRequestBody().getContent().getMediaType(JSON);
            body.schema(RequestBodies.schema(name));
            RequestBodies.of(name)
                    .forEach(example -> body.addExample(
                            example.values().iterator().next().toString(),
                            OASFactory.createExample().value(example)));
        }
        operation.responses(responses(name, operation.getRequestBody() != null));
    }

    private static APIResponses responses(String name, boolean withBody) {
        List<Answer> failures = OperationAnswers.of(name, withBody);
        Map<Integer, Set<ErrorCode>> codes = failures.stream()
                .collect(groupingBy(
                        Answer::status,
                        TreeMap::new,
                        mapping(Answer::code, toCollection(() -> EnumSet.noneOf(ErrorCode.class)))));
        APIResponses responses = OASFactory.createAPIResponses();
        MediaType done = add(responses, name, 200, "What became of it", success(name, codes));
        done.addExample(
                "SUCCEEDED",
                OASFactory.createExample().value(envelope("SUCCEEDED", "result", EnvelopeSchemas.example(name))));
        if (name.equals("POST smscode")) {
            add(
                            responses,
                            name,
                            202,
                            "Recorded; Location tells where the outcome is",
                            EnvelopeSchemas.transaction(List.of("PENDING"), List.of()))
                    .addExample("PENDING", OASFactory.createExample().value(envelope("PENDING", "result", null)));
        }
        codes.keySet().stream()
                .filter(status -> status >= 300)
                .forEach(status -> add(responses, name, status, "Refused", EnvelopeSchemas.failed(codes.get(status))));
        BY_HTTP_SERVER.forEach((status, description) -> responses.addAPIResponse(
                Integer.toString(status), OASFactory.createAPIResponse().description(description)));
        failures.forEach(answer -> responses
                .getAPIResponse(Integer.toString(answer.status()))
                .getContent()
                .getMediaType(JSON)
                .addExample(title(answer), OASFactory.createExample().value(failure(answer))));
        return responses;
    }

    private static Schema success(String name, Map<Integer, Set<ErrorCode>> codes) {
        return switch (name) {
            case "POST smscode" -> EnvelopeSchemas.transaction(List.of("SUCCEEDED"), codes.get(200));
            case "GET smscode/{transactionId}" ->
                EnvelopeSchemas.transaction(List.of("PENDING", "SUCCEEDED"), codes.get(200));
            default -> EnvelopeSchemas.succeeded(name);
        };
    }

    private static MediaType add(APIResponses responses, String name, int status, String description, Schema schema) {
        MediaType json = OASFactory.createMediaType().schema(schema);
        APIResponse response = OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent().addMediaType(JSON, json));
        AnswerHeaders.of(name, status).forEach(response::addHeader);
        responses.addAPIResponse(Integer.toString(status), response);
        return json;
    }

    private static String title(Answer answer) {
        return answer.code().code() + " " + answer.code().label(answer.parameter());
    }

    private static Map<String, Object> failure(Answer answer) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", answer.code().code());
        error.put("label", answer.code().label(answer.parameter()));
        return envelope("FAILED", "error", error);
    }

    private static Map<String, Object> envelope(String status, String name, Object value) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("transactionId", ID);
        envelope.put("status", status);
        envelope.put(name, value);
        return envelope;
    }
}
