package io.pims.authentication.openapi;

import static io.pims.authentication.openapi.Schemas.text;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** What an operation tells beside the envelope. */
final class AnswerHeaders {

    private static final String POLICY = "\"[A-Za-z0-9-]+\"";
    private static final String ASK = "POST smscode";
    private static final String OUTCOME = "GET smscode/{transactionId}";

    private AnswerHeaders() {}

    /** @param operation method and path below {@code /v1/authentication/} */
    static Map<String, Header> of(String operation, int status) {
        Map<String, Header> headers = new LinkedHashMap<>();
        boolean taken = status < 300;
        if (taken && operation.equals(ASK)) {
            headers.put("Location", always(text("/v1/authentication/smscode/" + Schemas.UUID_FORM)));
        }
        if (operation.equals(ASK) && taken || status == 429) {
            headers.put("RateLimit", sometimes(text(POLICY + ";r=[0-9]+;t=[0-9]+")));
            headers.put("RateLimit-Policy", sometimes(text(POLICY + ";q=[0-9]+;w=[0-9]+")));
        }
        if (taken && (operation.equals(ASK) || operation.equals(OUTCOME))) {
            headers.put("Preference-Applied", sometimes(text("wait=[0-9]+")));
        }
        if (taken && operation.equals(OUTCOME)) {
            headers.put("Delivery-Status", deliveryStatus());
        }
        if (status == 401) {
            headers.put(
                    "WWW-Authenticate",
                    always(
                            OperationAnswers.isSigned(operation)
                                    ? text("Vonage-Signature|Bearer error=\"invalid_token\"")
                                    : text("Bearer( error=\"invalid_token\")?")));
        }
        if (status == 403) {
            headers.put("WWW-Authenticate", sometimes(text("Bearer error=\"insufficient_scope\"")));
        }
        if (status == 429) {
            headers.put("Retry-After", always(text("[1-9][0-9]*")));
        }
        if (status == 503) {
            headers.put("Retry-After", sometimes(text("[1-9][0-9]*")));
        }
        return headers;
    }

    private static Header always(Schema schema) {
        return sometimes(schema).required(true);
    }

    private static Header sometimes(Schema schema) {
        return OASFactory.createHeader().schema(schema);
    }

    private static Header deliveryStatus() {
        return sometimes(text("(submitted|delivered|expired|failed|rejected)(;err-code=[1-9][0-9]{0,2})?"))
                .description("What the network says of the SMS; absent while it is not sent, or was not")
                .example("delivered");
    }
}
