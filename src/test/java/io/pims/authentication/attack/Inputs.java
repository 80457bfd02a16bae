package io.pims.authentication.attack;

import com.fasterxml.jackson.databind.JsonNode;
import io.pims.authentication.TestDriver;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Values as a schema wants them, and ways to spoil them. */
final class Inputs {

    /** What has broken services before. */
    static final List<String> NASTY = List.of(
            "",
            " ",
            "null",
            "0",
            "-1",
            "1e999",
            "9999999999999999999999",
            "٠٤٨٢١٣",
            "０４８２１３",
            "0\u0301" + "48213",
            "048213\n",
            "048213\u0000",
            "\ud800",
            "\u202e048213",
            "' OR '1'='1",
            "'; DROP TABLE sms_code; --",
            "$1",
            "%00",
            "%0d%0aX-Injected: 1",
            "\r\nX-Injected: 1",
            "\u560d\u560aX-Injected: 1",
            "\u001b[31mred",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1:1/x}",
            "../../../etc/passwd",
            "{\"$ne\":null}",
            "x".repeat(300),
            "x".repeat(5_000),
            "ÿ",
            "😀");

    private static final int BODY_BOUND = 17_000;

    private final Random random;

    Inputs(Random random) {
        this.random = random;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String oneOf(String... values) {
        return values[random.nextInt(values.length)];
    }

    /** What HTTP lets stand in a header (RFC 9110, section 5.5); the rest is tried over raw sockets. */
    static String asHeader(String value) {
        String visible = value.replaceAll("[^\\x20-\\x7e\\t]", "~").strip();
        return visible.length() > 6_000 ? visible.substring(0, 6_000) : visible;
    }

    /** A text as the schema wants it, as far as the service's own values do not say it better. */
    String asDescribed(JsonNode schema, String name, TestDriver driver) {
        if (schema.has("enum")) {
            return schema.get("enum")
                    .get(random.nextInt(schema.get("enum").size()))
                    .asText();
        }
        return switch (name) {
            case "phoneNumber" -> random.nextBoolean() ? driver.number() : "06 12 34 56 " + (10 + random.nextInt(90));
            case "smsCode" -> "%06d".formatted(random.nextInt(1_000_000));
            case "pinCode", "oldPIN", "newPIN" -> oneOf("839517", "590274", "730158", "123456");
            case "user" -> driver.name();
            case "reason" -> oneOf("Phone lost, ticket 48213", "No SMS came");
            case "limit" -> Integer.toString(1 + random.nextInt(200));
            case "Prefer" -> oneOf("wait=0", "wait=1", "respond-async, wait=0", "handling=lenient");
            case "Idempotency-Key" -> "\"k" + random.nextInt(1_000_000) + "\"";
            case "Accept-Language" -> oneOf("fr", "de-AT, en;q=0.5", "*", "tlh");
            default -> "uuid".equals(schema.path("format").asText()) ? uuid().toString() : oneOf("1", "delivered", "x");
        };
    }

    private UUID uuid() {
        return new UUID(random.nextLong() & ~0xf000L | 0x7000L, random.nextLong() >>> 2 | Long.MIN_VALUE);
    }

    /** An object of one of the shapes that the schema has. */
    Map<String, Object> object(ApiContract contract, JsonNode schema, TestDriver driver) {
        JsonNode named = contract.resolved(schema);
        JsonNode shape = named.has("oneOf")
                ? contract.resolved(
                        named.get("oneOf").get(random.nextInt(named.get("oneOf").size())))
                : named;
        Map<String, Object> object = new LinkedHashMap<>();
        shape.get("properties")
                .fields()
                .forEachRemaining(
                        field -> object.put(field.getKey(), asDescribed(field.getValue(), field.getKey(), driver)));
        return object;
    }

    /** Takes a field away, adds one, or makes it something else. */
    void spoilOne(Map<String, Object> fields, boolean form) {
        List<String> names = new ArrayList<>(fields.keySet());
        String name = names.isEmpty() ? "type" : names.get(random.nextInt(names.size()));
        switch (random.nextInt(form ? 3 : 8)) {
            case 0 -> fields.remove(name);
            case 1 -> fields.put(NASTY.get(random.nextInt(NASTY.size())), "1");
            case 2 -> fields.put(name, spoilt(String.valueOf(fields.get(name))));
            case 3 -> fields.put(name, null);
            case 4 -> fields.put(name, random.nextLong());
            case 5 -> fields.put(name, List.of(String.valueOf(fields.get(name))));
            case 6 -> fields.put(name, Map.of("a", Map.of("b", List.of())));
            default -> fields.put(name, random.nextBoolean() ? Double.valueOf(1e300) : Boolean.TRUE);
        }
    }

    String json(Map<String, Object> fields) {
        return Json.encode(fields);
    }

    /** Another text, or the same with a part changed, doubled or gone. */
    String spoilt(String text) {
        int at = text.isEmpty() ? 0 : random.nextInt(text.length());
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> NASTY.get(random.nextInt(NASTY.size()));
            case 3 -> text.substring(0, at);
            case 4 -> text.substring(0, at) + NASTY.get(random.nextInt(NASTY.size())) + text.substring(at);
            case 5 -> text + text;
            case 6 ->
                text.substring(0, at) + (char) random.nextInt(0xd000) + text.substring(Math.min(text.length(), at + 1));
            default -> random.nextInt(10) == 0 ? "[".repeat(BODY_BOUND) : text.substring(at);
        };
    }
}
