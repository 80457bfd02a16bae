package io.pims.authentication.openapi;

import static io.pims.authentication.openapi.Schemas.exactly;
import static io.pims.authentication.openapi.Schemas.oneOf;
import static io.pims.authentication.openapi.Schemas.reference;
import static io.pims.authentication.openapi.Schemas.text;
import static io.pims.authentication.openapi.Schemas.uuid;
import static io.pims.authentication.openapi.Schemas.value;

import io.pims.authentication.http.ErrorCode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The schemas of the envelope, one for each state and result; none takes anything else. */
final class EnvelopeSchemas {

    private static final String FAILED = "Failed";
    private static final String PENDING = "Pending";
    private static final String SUCCEEDED = "Succeeded";
    private static final int LARGEST_PAGE = 200;

    /** The schema of an operation's result; an operation that is not here has none. */
    private static final Map<String, String> RESULTS = Map.of(
            "GET trustedphonenumber", "PhoneNumber",
            "POST pincode/verification", "PinCodeVerification",
            "GET account", "Account",
            "GET events", "Events");

    private static final Map<String, Object> EXAMPLES = Map.of(
            "GET trustedphonenumber", Map.of("phoneNumber", "+33612345678"),
            "POST pincode/verification", Map.of("isPinCodeValid", true),
            "GET account", Map.of("isAccountBlocked", false),
            "GET events", Map.of("events", List.of(event()), "next", "01a20d88-792b-7c20-9f8d-e5808c131fb9"));

    private EnvelopeSchemas() {}

    private static Map<String, Object> event() {
        return Map.of(
                "id", "01a20d88-792b-7c20-9f8d-e5808c131fb9",
                "what", "pincode.reset",
                "code", 2305,
                "times", 3,
                "transactionId", "01a20d50-c179-7fd2-a9fd-55a9d126b917",
                "at", "2026-11-24T12:29:37.883640Z",
                "lastAt", "2026-11-24T12:31:02.114206Z");
    }

    /** Returns all schemas by their names. */
    static Map<String, Schema> components() {
        Map<String, Schema> all = new TreeMap<>();
        all.put(PENDING, envelope("PENDING", "result", Schemas.nothing()));
        all.put(SUCCEEDED, withResult(Schemas.nothing()));
        all.put(FAILED, envelope("FAILED", "error", error()));
        all.put("PhoneNumber", withResult(exactly(Map.of("phoneNumber", text("\\+[1-9][0-9]{6,14}")))));
        all.put("PinCodeVerification", withResult(exactly(Map.of("isPinCodeValid", Schemas.truth()))));
        all.put("Account", withResult(exactly(Map.of("isAccountBlocked", Schemas.truth()))));
        all.put("Events", withResult(events()));
        return all;
    }

    static Schema pending() {
        return reference(PENDING);
    }

    /** Returns the answer of an operation that succeeds. */
    static Schema succeeded(String operation) {
        return reference(RESULTS.getOrDefault(operation, SUCCEEDED));
    }

    /** Returns a result of the operation; null where it has none. */
    static Object example(String operation) {
        return EXAMPLES.get(operation);
    }

    /** Returns FAILED with one of these codes. */
    static Schema failed(Collection<ErrorCode> codes) {
        Schema error = OASFactory.createSchema().addProperty("code", anyOf(codes));
        return OASFactory.createSchema()
                .addAllOf(reference(FAILED))
                .addAllOf(OASFactory.createSchema().addProperty("error", error));
    }

    private static Schema anyOf(Collection<ErrorCode> codes) {
        return OASFactory.createSchema()
                .enumeration(codes.stream().<Object>map(ErrorCode::code).toList());
    }

    private static Schema withResult(Schema result) {
        return envelope("SUCCEEDED", "result", result);
    }

    private static Schema envelope(String status, String name, Schema content) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        properties.put("transactionId", uuid());
        properties.put("status", value(status));
        properties.put(name, content);
        return exactly(properties);
    }

    private static Schema error() {
        return oneOf(
                Arrays.stream(ErrorCode.values()).map(EnvelopeSchemas::error).toList());
    }

    private static Schema error(ErrorCode code) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        properties.put("code", value(code.code()));
        String label = code.label(null);
        properties.put(
                "label",
                label.contains("[PARAMETER]")
                        ? text(label.replace("[PARAMETER]", "[A-Za-z][A-Za-z0-9_.-]{0,63}"))
                        : value(label));
        return exactly(properties);
    }

    private static Schema events() {
        Map<String, Schema> event = new LinkedHashMap<>();
        event.put("id", uuid());
        event.put("what", text("[a-z]+\\.[A-Za-z]+"));
        event.put("code", anyOf(List.of(ErrorCode.values())));
        event.put("times", OASFactory.createSchema().addType(SchemaType.INTEGER).minimum(BigDecimal.ONE));
        event.put("transactionId", uuid());
        event.put("addressHash", text());
        event.put("at", text().format("date-time"));
        event.put("lastAt", text().format("date-time"));
        Schema one = Schemas.atMost(event).required(List.of("id", "what", "times", "transactionId", "at"));
        Map<String, Schema> page = new LinkedHashMap<>();
        page.put(
                "events",
                OASFactory.createSchema().addType(SchemaType.ARRAY).items(one).maxItems(LARGEST_PAGE));
        page.put("next", Schemas.orNothing(uuid()));
        return exactly(page);
    }
}
