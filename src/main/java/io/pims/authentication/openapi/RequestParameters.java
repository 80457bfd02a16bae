package io.pims.authentication.openapi;

import static io.pims.authentication.openapi.Schemas.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The parameters of an operation in path, query and headers, and of a receipt in its body, with the bounds of each. */
final class RequestParameters {

    private static final Map<String, List<String>> HEADERS = Map.of(
            "POST smscode", List.of("Prefer", "Idempotency-Key", "Accept-Language"),
            "GET smscode/{transactionId}", List.of("Prefer"),
            "PUT smscode", List.of("Accept-Language"),
            "PUT pincode", List.of("Accept-Language"));

    /** Vonage's documented parameters of a delivery receipt; there may be more. */
    private static final List<String> RECEIPT =
            List.of(("msisdn to network-code messageId price status scts err-code api-key client-ref message-timestamp"
                            + " timestamp nonce sig")
                    .split(" "));

    private static final Map<String, String> MESSAGE_STATUS = new TreeMap<>(Map.of(
            "message_uuid", "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab",
            "client_ref", "01a20d50-c179-7fd2-a9fd-55a9d126b917",
            "status", "delivered",
            "to", "33612345678",
            "from", "PIMS",
            "timestamp", "2026-11-24T12:29:37.000Z",
            "channel", "sms"));

    private static final int LONGEST_VALUE = 512;
    private static final int MOST_PARAMETERS = 32;

    private RequestParameters() {}

    /** @param name method and path below {@code /v1/authentication/} */
    static void describe(String name, Operation operation) {
        HEADERS.getOrDefault(name, List.of())
                .forEach(header -> operation.addParameter(OASFactory.createParameter()
                        .name(header)
                        .in(Parameter.In.HEADER)
                        .schema(header(header))));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(RequestParameters::bound);
        }
        if (OperationAnswers.isSigned(name)) {
            receipt(operation);
        }
        if (name.equals("POST receipt/messages")) {
            messageStatus(operation);
        }
    }

    private static Schema header(String name) {
        String character = "[\\x21\\x23-\\x7e]";
        return name.equals("Idempotency-Key") ? text("\"" + character + "{1,255}\"|" + character + "{1,255}") : text();
    }

    private static void bound(Parameter parameter) {
        switch (parameter.getName()) {
            case "transactionId", "before" -> parameter.schema(Schemas.uuid());
            case "user" -> parameter.required(true).schema(text("[\\x20-\\x7e]{1,255}"));
            case "reason" -> parameter.required(true).schema(RequestBodies.reason());
            case "limit" ->
                parameter.schema(OASFactory.createSchema()
                        .addType(SchemaType.INTEGER)
                        .minimum(BigDecimal.ONE)
                        .maximum(BigDecimal.valueOf(200))
                        .defaultValue(50));
            default -> {}
        }
    }

    /** A receipt's parameters are in the URL or in the body. */
    private static void receipt(Operation operation) {
        if (operation.getRequestBody() == null) {
            // None is required, for without any it is a question whether the address answers.
            RECEIPT.forEach(name -> operation.addParameter(OASFactory.createParameter()
                    .name(name)
                    .in(Parameter.In.QUERY)
                    .schema(text().maxLength(LONGEST_VALUE))));
            return;
        }
        Schema receipt = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .maxProperties(MOST_PARAMETERS)
                .propertyNames(text("[A-Za-z0-9._-]{1,64}"))
                .additionalPropertiesSchema(text().maxLength(LONGEST_VALUE));
        RECEIPT.forEach(name -> receipt.addProperty(name, text().maxLength(LONGEST_VALUE)));
        receipt.addRequired("sig").addRequired("timestamp");
        operation.getRequestBody().getContent().getMediaTypes().values().forEach(body -> body.schema(receipt));
    }

    /** Vonage's documented fields of a message status that are texts; there are more, and all may be missing. */
    private static void messageStatus(Operation operation) {
        Schema status = OASFactory.createSchema().addType(SchemaType.OBJECT);
        MESSAGE_STATUS.keySet().forEach(name -> status.addProperty(name, text()));
        operation
                .getRequestBody()
                .getContent()
                .getMediaTypes()
                .values()
                .forEach(body -> body.schema(status)
                        .addExample("delivered", OASFactory.createExample().value(MESSAGE_STATUS)));
    }
}
