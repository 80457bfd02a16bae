package io.pims.authentication.openapi;

import static io.pims.authentication.openapi.Schemas.anyOf;
import static io.pims.authentication.openapi.Schemas.exactly;
import static io.pims.authentication.openapi.Schemas.oneOf;
import static io.pims.authentication.openapi.Schemas.reference;
import static io.pims.authentication.openapi.Schemas.text;
import static io.pims.authentication.openapi.Schemas.uuid;
import static io.pims.authentication.openapi.Schemas.value;

import io.pims.authentication.http.ErrorCode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** The schemas of the envelope, one for each state and result; none takes anything else. */
final class EnvelopeSchemas {

    private static final String FAILED = "Failed";
    private static final String PENDING = "Pending";
    private static final String SUCCEEDED = "Succeeded";
    private static final String TRANSACTION = "Transaction";
    private static final String ERROR = "CodeAndLabel";
    private static final int LARGEST_PAGE = 200;

    /** The schema of an operation's result; an operation that is not here has none. */
    private static final Map<String, String> RESULTS = Map.of(
            "GET trustedphonenumber",
            "PhoneNumber",
            "POST pincode/verification",
            "PinCodeVerification",
            "GET account",
            "Account",
            "GET events",
            "Events",
            "GET drivers/{user}",
            "Driver",
            "POST drivers/{user}/recovery",
            "Recovery",
            "DELETE drivers/{user}/recovery",
            "Recovery",
            DriverDataSchema.OPERATION,
            DriverDataSchema.NAME);

    private static final Map<String, Object> EXAMPLES = Map.of(
            "GET trustedphonenumber",
            Map.of("phoneNumber", "+33612345678"),
            "POST pincode/verification",
            Map.of("isPinCodeValid", true),
            "GET account",
            Map.of("isAccountBlocked", false),
            "GET events",
            Map.of("events", List.of(exampleOfEvent()), "next", "01a20d88-792b-7c20-9f8d-e5808c131fb9"),
            "GET drivers/{user}",
            SupportSchemas.exampleOfDriver(),
            "POST drivers/{user}/recovery",
            SupportSchemas.exampleOfRecovery(),
            "DELETE drivers/{user}/recovery",
            SupportSchemas.exampleOfRecovery(),
            DriverDataSchema.OPERATION,
            DriverDataSchema.example());

    private EnvelopeSchemas() {}

    static Map<String, Object> exampleOfEvent() {
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
        all.put(FAILED, envelope("FAILED", "error", reference(ERROR)));
        all.put(ERROR, error());
        all.put(TRANSACTION, oneOf(List.of(reference(PENDING), reference(SUCCEEDED), reference(FAILED))));
        all.put("PhoneNumber", withResult(exactly(Map.of("phoneNumber", text("\\+[1-9][0-9]{6,14}")))));
        all.put("PinCodeVerification", withResult(exactly(Map.of("isPinCodeValid", Schemas.truth()))));
        all.put("Account", withResult(exactly(Map.of("isAccountBlocked", Schemas.truth()))));
        all.put("Events", withResult(events()));
        all.put("Recovery", withResult(SupportSchemas.recovery()));
        all.put("Driver", withResult(SupportSchemas.driver(event())));
        all.put(DriverDataSchema.NAME, withResult(DriverDataSchema.schema()));
        return all;
    }

    /**
     * Returns the answers about a transaction: the same schema for each, so that a generated client has one type for what
     * it polls.
     *
     * @param states that it may have here beside FAILED
     * @param codes that it may have failed with here; none if it may not have
     */
    static Schema transaction(List<String> states, Collection<ErrorCode> codes) {
        return only(reference(TRANSACTION), codes)
                .elseSchema(OASFactory.createSchema().addProperty("status", anyOf(states)));
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
        return only(reference(FAILED), codes);
    }

    /** Beside a reference a generator of clients takes no properties, and leaves a condition alone. */
    private static Schema only(Schema schema, Collection<ErrorCode> codes) {
        Schema error =
                codes.isEmpty() ? Schemas.nothing() : OASFactory.createSchema().addProperty("code", codes(codes));
        return schema.ifSchema(OASFactory.createSchema().addRequired("error"))
                .thenSchema(OASFactory.createSchema().addProperty("error", error));
    }

    private static Schema codes(Collection<ErrorCode> codes) {
        return anyOf(codes.stream().map(ErrorCode::code).toList());
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

    /**
     * Any code, with the label that goes with it: one type for a generated client, and as strict as one for each code. A
     * generated client's code is a number, so that a code of a later version does not break it.
     */
    private static Schema error() {
        Map<String, Schema> properties = new LinkedHashMap<>();
        properties.put("code", Schemas.number());
        properties.put("label", text());
        Schema error = exactly(properties);
        Schema others = error;
        List<ErrorCode> codes = List.of(ErrorCode.values());
        for (ErrorCode code : codes.subList(1, codes.size())) {
            Schema next = OASFactory.createSchema();
            others.ifSchema(OASFactory.createSchema().addProperty("code", value(code.code())))
                    .thenSchema(OASFactory.createSchema().addProperty("label", label(code)))
                    .elseSchema(next);
            others = next;
        }
        others.addProperty("code", value(codes.get(0).code())).addProperty("label", label(codes.get(0)));
        return error;
    }

    private static Schema label(ErrorCode code) {
        String label = code.label(null);
        return label.contains("[PARAMETER]")
                ? text(label.replace("[PARAMETER]", "[A-Za-z][A-Za-z0-9_.-]{0,63}"))
                : value(label);
    }

    private static Schema event() {
        Map<String, Schema> event = new LinkedHashMap<>();
        event.put("id", uuid());
        event.put("what", text("[a-z]+\\.[A-Za-z]+"));
        event.put("code", Schemas.number());
        event.put("times", Schemas.number().minimum(BigDecimal.ONE));
        event.put("transactionId", uuid());
        event.put("addressHash", text());
        event.put("at", text().format("date-time"));
        event.put("lastAt", text().format("date-time"));
        event.put("actor", text("[\\x20-\\x7e]{1,255}"));
        event.put("reason", text().maxLength(200));
        return Schemas.atMost(event)
                .required(List.of("id", "what", "times", "transactionId", "at"))
                .ifSchema(OASFactory.createSchema().addRequired("code"))
                .thenSchema(OASFactory.createSchema().addProperty("code", codes(List.of(ErrorCode.values()))));
    }

    private static Schema events() {
        Map<String, Schema> page = new LinkedHashMap<>();
        page.put("events", Schemas.list(event(), LARGEST_PAGE));
        page.put("next", Schemas.orNothing(uuid()));
        return exactly(page);
    }
}
