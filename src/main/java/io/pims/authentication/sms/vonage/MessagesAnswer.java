package io.pims.authentication.sms.vonage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An answer of the Messages API, cut down to the field that decides. The SDK turns each field into an object and fails
 * at an odd one; of a problem it logs title and detail, in which a number may be.
 */
final class MessagesAnswer {

    private static final String ID = "message_uuid";
    private static final String TYPE = "type";

    private static final Pattern ID_FORM =
            Pattern.compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");

    /** The page of errors, and the code as its fragment (RFC 9457, section 3.1.1). */
    private static final Pattern TYPE_FORM = Pattern.compile("[!-~]{1,200}#[1-9][0-9]{3}");

    private MessagesAnswer() {}

    /** Returns the same as JSON for the SDK; without the id where there is none, or several, or it is no UUID. */
    static byte[] taken(byte[] answer) {
        String id = field(answer, ID, ID_FORM);
        return (id == null ? "{}" : "{\"message_uuid\":\"" + id + "\"}").getBytes(US_ASCII);
    }

    /** Returns the code of a problem document; empty if that is none, or tells its kind in words. */
    static OptionalInt problem(byte[] answer) {
        String type = field(answer, TYPE, TYPE_FORM);
        return type == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(type.replaceFirst(".*#", "")));
    }

    /** Returns null if the answer is no object, or has not that field, once and of that form. */
    private static String field(byte[] answer, String wanted, Pattern form) {
        String value = null;
        int values = 0;
        try (JsonParser json = LenientJson.parser(answer)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals(wanted)) {
                    values++;
                    value = LenientJson.text(json, form);
                }
                json.skipChildren();
            }
        } catch (IOException notJson) {
            return null;
        }
        return values == 1 ? value : null;
    }
}
