package io.pims.authentication.openapi;

import static io.pims.authentication.openapi.Schemas.text;

import io.pims.authentication.http.ApiPaths;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** The headers of an operation's answers. */
final class AnswerHeaders {

    private static final String POLICY = "\"[A-Za-z0-9-]+\"";
    private static final String SECONDS = "[1-9][0-9]*";

    private AnswerHeaders() {}

    /** @param operation method and path below {@code /v1/authentication/} */
    static Map<String, Header> of(String operation, int status) {
        boolean isRequest = status < 300 && operation.equals("POST smscode");
        boolean isOutcome = status < 300 && operation.equals("GET smscode/{transactionId}");
        Map<String, Header> headers = new LinkedHashMap<>();
        if (isRequest) {
            headers.put("Location", always(text(ApiPaths.ROOT + "smscode/" + Schemas.UUID_FORM)));
        }
        if (isRequest || status == 429) {
            headers.put("RateLimit", sometimes(text(POLICY + ";r=[0-9]+;t=[0-9]+")));
            headers.put("RateLimit-Policy", sometimes(text(POLICY + ";q=[0-9]+;w=[0-9]+")));
        }
        if (isRequest || isOutcome) {
            headers.put("Preference-Applied", sometimes(text("wait=[0-9]+")));
        }
        if (isOutcome) {
            headers.put("Delivery-Status", deliveryStatus());
        }
        switch (status) {
            case 401 -> headers.put("WWW-Authenticate", always(text(challenge(operation))));
            case 403 -> headers.put("WWW-Authenticate", sometimes(text("Bearer error=\"insufficient_scope\"")));
            case 429 -> headers.put("Retry-After", always(text(SECONDS)));
            case 503 -> headers.put("Retry-After", sometimes(text(SECONDS)));
            default -> {}
        }
        return headers;
    }

    private static String challenge(String operation) {
        return OperationAnswers.isSigned(operation)
                ? "Vonage-Signature|Bearer error=\"invalid_token\""
                : "Bearer( error=\"invalid_token\")?";
    }

    private static Header always(Schema schema) {
        return sometimes(schema).required(true);
    }

    private static Header sometimes(Schema schema) {
        return OASFactory.createHeader().schema(schema);
    }

    private static Header deliveryStatus() {
        return sometimes(text("(submitted|delivered|expired|failed|rejected)(;err-code=[1-9][0-9]{0,5})?"))
                .description("What the network says of the SMS; absent while it is not sent, or was not")
                .example("delivered");
    }
}
