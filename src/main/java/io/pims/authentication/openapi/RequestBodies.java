package io.pims.authentication.openapi;

import static io.pims.authentication.openapi.Schemas.text;
import static io.pims.authentication.openapi.Schemas.value;

import io.pims.authentication.code.TypedCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** The body of an operation's request: an example of each type or action, and a schema that takes any of these. */
final class RequestBodies {

    /** The action whose {@code pinCode} is not required. */
    private static final String PIN_OPTIONAL = "modifyPhoneNumber";

    private static final String NUMBER = "+33612345678";
    private static final String CODE = "012345";
    private static final String PIN = "048213";
    private static final String OTHER_PIN = "590274";

    private static final Map<String, List<Map<String, Object>>> EXAMPLES = Map.of(
            "POST smscode",
                    List.of(body("type", "resetPIN"), body("type", "phoneNumberCertification", "phoneNumber", NUMBER)),
            "PUT smscode",
                    List.of(
                            body("action", "addPhoneNumber", "phoneNumber", NUMBER, "smsCode", CODE),
                            body("action", PIN_OPTIONAL, "phoneNumber", NUMBER, "smsCode", CODE, "pinCode", PIN)),
            "PUT pincode",
                    List.of(
                            body("action", "reset", "smsCode", CODE, "pinCode", PIN),
                            body("action", "update", "oldPIN", PIN, "newPIN", OTHER_PIN)),
            "POST pincode/verification", List.of(body("user", "demo", "pinCode", PIN)),
            "POST drivers/{user}/recovery", List.of(body("reason", "Phone lost, identity seen, ticket 48213")),
            "POST drivers/{user}/unblock", List.of(body("reason", "Mistyped the PIN, ticket 48214")));

    /** By which generated clients call the bodies of an operation. */
    private static final Map<String, String> NAMES = Map.of(
            "POST smscode", "SmsCodeRequest",
            "PUT smscode", "PhoneNumberChange",
            "PUT pincode", "PinCodeChange",
            "POST pincode/verification", "PinCodeToVerify",
            "POST drivers/{user}/recovery", "Because",
            "POST drivers/{user}/unblock", "Because");

    /**
     * A PIN that is only compared is bounded by the longest that there may be. A number and a code are taken as people
     * paste them, so that a client has nothing to check but the length.
     */
    private static final Map<String, Schema> FIELDS = Map.of(
            "phoneNumber", text().maxLength(64),
            "smsCode", text().minLength(TypedCode.DIGITS).maxLength(TypedCode.LONGEST),
            "pinCode", text("[0-9]{1,12}"),
            "oldPIN", text("[0-9]{1,12}"),
            "newPIN", text("[0-9]{4}|[0-9]{6}"),
            "user", text("[\\x20-\\x7e]{1,255}"),
            "reason", reason());

    private static final Set<String> SELECTORS = Set.of("type", "action");

    private RequestBodies() {}

    /** Why the help desk makes a call. */
    static Schema reason() {
        return text().minLength(1)
                .maxLength(200)
                .description("A few words and the number of a ticket: no phone number, no address of mail");
    }

    /** @param operation method and path below {@code /v1/authentication/} */
    static List<Map<String, Object>> of(String operation) {
        return EXAMPLES.getOrDefault(operation, List.of());
    }

    /** Returns all schemas by their names: {@code SmsCodeRequest}, and {@code SmsCodeRequestResetPIN} for its type. */
    static Map<String, Schema> components() {
        Map<String, Schema> all = new TreeMap<>();
        NAMES.forEach((operation, name) -> {
            List<Map<String, Object>> examples = of(operation);
            if (examples.size() == 1) {
                all.put(name, schema(examples.get(0)));
                return;
            }
            examples.forEach(example -> all.put(variant(name, example), schema(example)));
            all.put(
                    name,
                    Schemas.oneOf(examples.stream()
                            .map(example -> Schemas.reference(variant(name, example)))
                            .toList()));
        });
        return all;
    }

    static Schema schema(String operation) {
        return Schemas.reference(NAMES.get(operation));
    }

    private static String variant(String name, Map<String, Object> example) {
        String selected = example.values().iterator().next().toString();
        return name + Character.toUpperCase(selected.charAt(0)) + selected.substring(1);
    }

    private static Schema schema(Map<String, Object> example) {
        Map<String, Schema> fields = new LinkedHashMap<>();
        example.forEach((name, given) -> fields.put(name, SELECTORS.contains(name) ? value(given) : FIELDS.get(name)));
        Schema schema = Schemas.exactly(fields);
        if (PIN_OPTIONAL.equals(example.get("action"))) {
            schema.removeRequired("pinCode");
        }
        return schema;
    }

    private static Map<String, Object> body(String... fields) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            body.put(fields[i], fields[i + 1]);
        }
        return body;
    }
}
