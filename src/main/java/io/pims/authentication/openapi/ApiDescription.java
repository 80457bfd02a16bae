package io.pims.authentication.openapi;

import io.pims.authentication.openapi.Answers.Answer;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Completes the generated OpenAPI document with what each operation answers, and an example of every code. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    private static final String JSON = "application/json";
    private static final String BEARER = "bearer";
    private static final String ENVELOPE = "Envelope";
    private static final String ID = "01a20d50-c179-7fd2-a9fd-55a9d126b917";

    /** Headers of the request, by the operations that read them. */
    private static final Map<String, List<String>> REQUEST_HEADERS = Map.of(
            "POST smscode", List.of("Prefer", "Idempotency-Key", "Accept-Language"),
            "GET smscode/{transactionId}", List.of("Prefer"),
            "PUT smscode", List.of("Accept-Language"),
            "PUT pincode", List.of("Accept-Language"));

    /** What Vonage documents of a delivery receipt; there may be more. */
    private static final List<String> RECEIPT = List.of(
            "msisdn",
            "to",
            "network-code",
            "messageId",
            "price",
            "status",
            "scts",
            "err-code",
            "api-key",
            "client-ref",
            "message-timestamp",
            "timestamp",
            "nonce",
            "sig");

    private static final Set<String> SIGNATURE = Set.of("timestamp", "sig");
    private static final int LONGEST_VALUE = 512;

    private static final Map<Integer, List<String>> REFUSAL_HEADERS = Map.of(
            401, List.of("WWW-Authenticate"),
            403, List.of("WWW-Authenticate"),
            429, List.of("Retry-After", "RateLimit", "RateLimit-Policy"),
            503, List.of("Retry-After"));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null) {
            document.components(OASFactory.createComponents());
        }
        document.getComponents()
                .securitySchemes(Map.of(
                        BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme(BEARER)
                                .bearerFormat("JWT")))
                .addSchema(ENVELOPE, envelope());
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .forEach((method, operation) ->
                                describe(method + " " + path.replace("/v1/authentication/", ""), operation)));
    }

    private static void describe(String name, Operation operation) {
        operation.security(
                Answers.isSigned(name)
                        ? List.of()
                        : List.of(OASFactory.createSecurityRequirement().addScheme(BEARER)));
        REQUEST_HEADERS
                .getOrDefault(name, List.of())
                .forEach(header -> operation.addParameter(OASFactory.createParameter()
                        .name(header)
                        .in(Parameter.In.HEADER)
                        .schema(text())));
        if (Answers.isSigned(name)) {
            describeReceipt(operation);
        }
        if (operation.getRequestBody() != null) {
            MediaType body = operation.getRequestBody().getContent().getMediaType(JSON);
            Bodies.of(name)
                    .forEach(example -> body.addExample(
                            example.values().iterator().next().toString(),
                            OASFactory.createExample().value(example)));
        }
        APIResponses responses = OASFactory.createAPIResponses();
        if (name.equals("POST smscode")) {
            APIResponse accepted = response(responses, 202, "Recorded; Location tells where the outcome is");
            example(accepted, "PENDING", state("PENDING"));
            headers(accepted, List.of("Location", "Preference-Applied", "RateLimit", "RateLimit-Policy"));
        }
        APIResponse done = response(responses, 200, "What became of it");
        example(done, "SUCCEEDED", state("SUCCEEDED"));
        if (name.equals("GET smscode/{transactionId}")) {
            headers(done, List.of("Preference-Applied"));
            done.addHeader("Delivery-Status", deliveryStatus());
        }
        Answers.of(name, operation.getRequestBody() != null).forEach(answer -> add(responses, answer));
        operation.responses(responses);
    }

    /** The parameters that come in the URL or in the body, with the bounds that they are read with. */
    private static void describeReceipt(Operation operation) {
        if (operation.getRequestBody() == null) {
            RECEIPT.forEach(name -> operation.addParameter(OASFactory.createParameter()
                    .name(name)
                    .in(Parameter.In.QUERY)
                    .required(SIGNATURE.contains(name))
                    .schema(text().maxLength(LONGEST_VALUE))));
            return;
        }
        Schema receipt = OASFactory.createSchema().addType(SchemaType.OBJECT);
        RECEIPT.forEach(name -> receipt.addProperty(name, text().maxLength(LONGEST_VALUE)));
        SIGNATURE.stream().sorted().forEach(receipt::addRequired);
        operation.getRequestBody().getContent().getMediaTypes().values().forEach(body -> body.schema(receipt));
    }

    private static Header deliveryStatus() {
        return OASFactory.createHeader()
                .description("What the network says of the SMS; absent while it is not sent, or was not")
                .schema(text().pattern("(submitted|delivered|expired|failed|rejected)(;err-code=[1-9][0-9]{0,2})?"))
                .example("delivered");
    }

    private static void add(APIResponses responses, Answer answer) {
        APIResponse response = response(responses, answer.status(), "Refused");
        String label = answer.code().label(answer.parameter());
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", answer.code().code());
        error.put("label", label);
        example(response, answer.code().code() + " " + label, message("FAILED", "error", error));
        headers(response, REFUSAL_HEADERS.getOrDefault(answer.status(), List.of()));
    }

    private static APIResponse response(APIResponses responses, int status, String description) {
        APIResponse known = responses.getAPIResponse(Integer.toString(status));
        if (known != null) {
            return known;
        }
        MediaType json =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/" + ENVELOPE));
        APIResponse made = OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent().addMediaType(JSON, json));
        responses.addAPIResponse(Integer.toString(status), made);
        return made;
    }

    private static void example(APIResponse response, String name, Map<String, Object> message) {
        response.getContent()
                .getMediaType(JSON)
                .addExample(name, OASFactory.createExample().value(message));
    }

    private static void headers(APIResponse response, List<String> names) {
        names.forEach(name -> response.addHeader(name, OASFactory.createHeader().schema(text())));
    }

    private static Map<String, Object> state(String status) {
        return message(status, "result", null);
    }

    private static Map<String, Object> message(String status, String name, Object value) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("transactionId", ID);
        message.put("status", status);
        message.put(name, value);
        return message;
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }

    private static Schema envelope() {
        Schema error = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .addRequired("code")
                .addRequired("label")
                .addProperty("code", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty("label", text());
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .addRequired("transactionId")
                .addRequired("status")
                .addProperty("transactionId", text().format("uuid"))
                .addProperty("status", text().enumeration(List.of("PENDING", "SUCCEEDED", "FAILED")))
                .addProperty(
                        "result",
                        OASFactory.createSchema().addType(SchemaType.OBJECT).addType(SchemaType.NULL))
                .addProperty("error", error);
    }
}
