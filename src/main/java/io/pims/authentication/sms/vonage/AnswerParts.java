package io.pims.authentication.sms.vonage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An answer of the SMS API, cut down to the fields that decide: the status of each part, and how many parts there are.
 * The SDK turns each field into an object, and fails at a balance that is no number; it takes an empty status for 0.
 */
final class AnswerParts {

    private static final String MESSAGES = "messages";
    private static final String COUNT = "message-count";
    private static final String STATUS = "status";
    private static final String ID = "message-id";

    /** A text of digits, or a number. Anything else is no status. */
    private static final Pattern STATUS_FORM = Pattern.compile("0|[1-9][0-9]{0,5}");

    private static final Pattern COUNT_FORM = Pattern.compile("[0-9]{1,6}");
    private static final Pattern ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Each a JSON object of the fields that decide; null until they came. */
    private List<String> parts;

    /** The count that the answer gives; 0 if it gives none. */
    private int count;

    private AnswerParts() {}

    /** Returns the same as JSON for the SDK; without parts, or with a part without a status, where it can't be read. */
    static byte[] of(byte[] answer) {
        AnswerParts read = new AnswerParts();
        try (JsonParser json = LenientJson.parser(answer)) {
            read.answer(json);
            return read.json().getBytes(US_ASCII);
        } catch (IOException notJson) {
            return "{}".getBytes(US_ASCII);
        }
    }

    private void answer(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        boolean twice = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals(MESSAGES)) {
                twice |= parts != null;
                parts = value == JsonToken.START_ARRAY ? parts(json) : List.of();
            } else if (name.equals(COUNT)) {
                String text = LenientJson.text(json, COUNT_FORM);
                count = text == null ? 0 : Integer.parseInt(text);
            }
            json.skipChildren();
        }
        if (twice) {
            parts = List.of();
        }
    }

    private static List<String> parts(JsonParser json) throws IOException {
        List<String> parts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            parts.add(json.currentToken() == JsonToken.START_OBJECT ? part(json) : "{}");
            json.skipChildren();
        }
        return parts;
    }

    private static String part(JsonParser json) throws IOException {
        String status = null;
        String id = null;
        int statuses = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals(STATUS)) {
                statuses++;
                status = LenientJson.text(json, STATUS_FORM);
            } else if (name.equals(ID)) {
                id = LenientJson.text(json, ID_FORM);
            }
            json.skipChildren();
        }
        if (status == null || statuses > 1) {
            return "{}";
        }
        return "{\"status\":\"" + status + (id == null ? "\"}" : "\",\"message-id\":\"" + id + "\"}");
    }

    /** Parts that the answer counts and does not show become a part without a status. */
    private String json() {
        List<String> told = new ArrayList<>(parts == null ? List.of() : parts);
        if (!told.isEmpty() && told.size() < count) {
            told.add("{}");
        }
        return "{\"messages\":[" + String.join(",", told) + "]}";
    }
}
