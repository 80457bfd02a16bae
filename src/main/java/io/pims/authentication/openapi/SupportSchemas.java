package io.pims.authentication.openapi;

import static io.pims.authentication.openapi.Schemas.anyOf;
import static io.pims.authentication.openapi.Schemas.atMost;
import static io.pims.authentication.openapi.Schemas.exactly;
import static io.pims.authentication.openapi.Schemas.list;
import static io.pims.authentication.openapi.Schemas.number;
import static io.pims.authentication.openapi.Schemas.orNothing;
import static io.pims.authentication.openapi.Schemas.text;
import static io.pims.authentication.openapi.Schemas.time;
import static io.pims.authentication.openapi.Schemas.truth;
import static io.pims.authentication.openapi.Schemas.uuid;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** The schemas of what the help desk is told. */
final class SupportSchemas {

    private static final int LATEST = 20;
    private static final int MOST_LIMITS = 100;
    private static final String WHEN = "2026-11-24T12:29:37.883640Z";

    private SupportSchemas() {}

    static Map<String, Object> exampleOfRecovery() {
        return Map.of(
                "state", "DONE", "requestedAt", WHEN, "confirmedAt", WHEN, "endsAt", "2026-11-25T12:29:37.883640Z");
    }

    static Map<String, Object> exampleOfDriver() {
        Map<String, Object> example = new LinkedHashMap<>();
        Map<String, Object> number = new LinkedHashMap<>();
        number.put("lastDigits", "78");
        number.put("country", "FR");
        number.put("certifiedAt", WHEN);
        number.put("resetsHeldUntil", null);
        example.put("phoneNumber", number);
        example.put("pinCode", Map.of("isSet", true, "isBlocked", true, "changedAt", WHEN));
        example.put("recovery", null);
        example.put("limits", List.of(Map.of("limit", "user-3600s", "count", 5, "left", 0, "freeAt", WHEN)));
        example.put("transactions", List.of(exampleOfTransaction()));
        example.put("events", List.of(EnvelopeSchemas.exampleOfEvent()));
        return example;
    }

    private static Map<String, Object> exampleOfTransaction() {
        return Map.of(
                "id", "01a20d50-c179-7fd2-a9fd-55a9d126b917",
                "type", "resetPIN",
                "status", "SUCCEEDED",
                "createdAt", WHEN,
                "attempts", Map.of("ACCEPTED", 1),
                "delivery", "delivered");
    }

    static Schema recovery() {
        Map<String, Schema> recovery = new LinkedHashMap<>();
        recovery.put("state", anyOf(List.of("REQUESTED", "DONE", "UNDONE")));
        recovery.put("requestedAt", time());
        recovery.put("confirmedAt", time());
        recovery.put("undoneAt", time());
        recovery.put("endsAt", time());
        return atMost(recovery).required(List.of("state", "requestedAt", "endsAt"));
    }

    /** @param event the schema of an event */
    static Schema driver(Schema event) {
        Map<String, Schema> driver = new LinkedHashMap<>();
        driver.put("phoneNumber", orNothing(phoneNumber()));
        driver.put("pinCode", exactly(Map.of("isSet", truth(), "isBlocked", truth(), "changedAt", orNothing(time()))));
        driver.put("recovery", orNothing(recovery()));
        driver.put("limits", list(limit(), MOST_LIMITS));
        driver.put("transactions", list(transaction(), LATEST));
        driver.put("events", list(event, LATEST));
        return exactly(driver);
    }

    private static Schema phoneNumber() {
        return exactly(Map.of(
                "lastDigits", orNothing(text("[0-9]{2}")),
                "country", text("[A-Z]{2}|unknown"),
                "certifiedAt", time(),
                "resetsHeldUntil", orNothing(time())));
    }

    private static Schema limit() {
        return atMost(Map.of(
                        "limit", text("[A-Za-z0-9-]+"),
                        "count", number().minimum(BigDecimal.ONE),
                        "left", number().minimum(BigDecimal.ZERO),
                        "freeAt", time()))
                .required(List.of("limit", "count", "left"));
    }

    private static Schema transaction() {
        Map<String, Schema> transaction = new LinkedHashMap<>();
        transaction.put("id", uuid());
        transaction.put("type", text("[A-Za-z]+"));
        transaction.put("status", anyOf(List.of("PENDING", "SUCCEEDED", "FAILED")));
        transaction.put("code", number());
        transaction.put("createdAt", time());
        transaction.put(
                "attempts",
                OASFactory.createSchema()
                        .addType(Schema.SchemaType.OBJECT)
                        .additionalPropertiesSchema(number().minimum(BigDecimal.ONE)));
        transaction.put("delivery", text("(submitted|delivered|expired|failed|rejected)(;err-code=[1-9][0-9]{0,5})?"));
        return atMost(transaction).required(List.of("id", "type", "status", "createdAt", "attempts"));
    }
}
