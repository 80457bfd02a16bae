package io.pims.authentication.openapi;

import static io.pims.authentication.openapi.Schemas.list;
import static io.pims.authentication.openapi.Schemas.number;
import static io.pims.authentication.openapi.Schemas.text;
import static io.pims.authentication.openapi.Schemas.time;
import static io.pims.authentication.openapi.Schemas.uuid;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The result that tells what is kept about a driver: a list for each part, and the names of the parts that have more rows than are told. */
final class DriverDataSchema {

    static final String OPERATION = "GET drivers/{user}/data";
    static final String NAME = "DriverData";

    private static final int MOST_ROWS = 10_000;
    private static final String NUMBER = "\\+[1-9][0-9]{6,14}";
    private static final String AT = "2026-11-24T12:29:37.883640Z";

    private DriverDataSchema() {}

    static Schema schema() {
        Map<String, Schema> parts = new LinkedHashMap<>();
        parts.put(
                "phoneNumbers",
                rows(
                        List.of("certifiedAt", "askedAt"),
                        Map.of(
                                "phoneNumber", text(NUMBER),
                                "country", text(),
                                "certifiedAt", time(),
                                "askedAt", time(),
                                "resetsHeldUntil", time())));
        parts.put(
                "pinCodes",
                rows(
                        List.of("wrongTries"),
                        Map.of("changedAt", time(), "provedAt", time(), "wrongTries", number(), "triedAt", time())));
        parts.put("recoveries", recoveries());
        parts.put(
                "codes",
                rows(
                        List.of("type", "expiresAt", "guesses", "sends"),
                        Map.of(
                                "type", text(),
                                "issuedAt", time(),
                                "expiresAt", time(),
                                "spentAt", time(),
                                "guesses", number(),
                                "sends", number(),
                                "country", text())));
        parts.put("limits", rows(List.of("limit", "freeAt"), Map.of("limit", text(), "freeAt", time())));
        parts.put("transactions", transactions());
        parts.put("events", events());
        parts.put("notices", rows(List.of("what", "at"), Map.of("what", text(), "at", time())));
        parts.put("incomplete", list(text(), parts.size()));
        return Schemas.exactly(parts);
    }

    private static Schema recoveries() {
        Map<String, Schema> fields = new LinkedHashMap<>();
        fields.put("state", Schemas.anyOf(List.of("REQUESTED", "DONE", "UNDONE")));
        fields.put("phoneNumber", text(NUMBER));
        for (String name : List.of("country", "language", "brand")) {
            fields.put(name, text());
        }
        fields.put("wrongTries", number());
        for (String name : List.of(
                "requestedAt", "confirmedAt", "undoneAt", "endsAt", "certifiedAt", "resetsHeldUntil", "pinChangedAt")) {
            fields.put(name, time());
        }
        return rows(List.of("state", "requestedAt", "endsAt"), fields);
    }

    private static Schema transactions() {
        Map<String, Schema> fields = new LinkedHashMap<>();
        fields.put("id", uuid());
        for (String name : List.of("type", "language", "brand", "idempotencyKey", "providerMessageId", "traceParent")) {
            fields.put(name, text());
        }
        fields.put("phoneNumber", text(NUMBER));
        fields.put("status", Schemas.anyOf(List.of("PENDING", "SUCCEEDED", "FAILED")));
        fields.put("code", number());
        fields.put("attempts", number());
        fields.put("attemptLog", list(OASFactory.createSchema().addType(SchemaType.OBJECT), MOST_ROWS));
        fields.put("deliveryStatus", text());
        fields.put("deliveryError", number());
        for (String name : List.of("createdAt", "finishedAt", "deliveryAt")) {
            fields.put(name, time());
        }
        return rows(
                List.of("id", "type", "language", "brand", "status", "createdAt", "attempts", "attemptLog"), fields);
    }

    private static Schema events() {
        return rows(
                List.of("id", "what", "times", "transactionId", "at"),
                Map.of(
                        "id", uuid(),
                        "what", text(),
                        "code", number(),
                        "times", number(),
                        "transactionId", uuid(),
                        "addressHash", text(),
                        "reason", text(),
                        "at", time(),
                        "lastAt", time()));
    }

    private static Schema rows(List<String> required, Map<String, Schema> fields) {
        return list(Schemas.atMost(fields).required(required), MOST_ROWS);
    }

    static Map<String, Object> example() {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put(
                "phoneNumbers",
                List.of(Map.of("phoneNumber", "+33612345678", "country", "FR", "certifiedAt", AT, "askedAt", AT)));
        parts.put("pinCodes", List.of(Map.of("changedAt", AT, "provedAt", AT, "wrongTries", 0)));
        parts.put("recoveries", List.of());
        parts.put("codes", List.of());
        parts.put("limits", List.of(Map.of("limit", "user-3600s", "freeAt", AT)));
        parts.put(
                "transactions",
                List.of(Map.of(
                        "id", "01a20d50-c179-7fd2-a9fd-55a9d126b917",
                        "type", "resetPIN",
                        "phoneNumber", "+33612345678",
                        "language", "fr",
                        "brand", "opel",
                        "status", "SUCCEEDED",
                        "createdAt", AT,
                        "finishedAt", AT,
                        "attempts", 1,
                        "attemptLog", List.of())));
        parts.put(
                "events",
                List.of(Map.of(
                        "id", "01a20d88-792b-7c20-9f8d-e5808c131fb9",
                        "what", "pincode.reset",
                        "times", 1,
                        "transactionId", "01a20d50-c179-7fd2-a9fd-55a9d126b917",
                        "at", AT)));
        parts.put("notices", List.of());
        parts.put("incomplete", List.of());
        return parts;
    }
}
