package io.pims.authentication.risk;

import io.pims.authentication.risk.SimSwap.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.regex.Pattern;

/** The body of an answer, whatever it is. */
final class JsonAnswer {

    /** It goes into the log, so that it is no place for a text. */
    private static final Pattern CODE = Pattern.compile("[A-Z_.]{1,40}");

    private final JsonObject json;

    JsonAnswer(Buffer body) {
        this.json = parsed(body);
    }

    private JsonAnswer(JsonObject json) {
        this.json = json;
    }

    private static JsonObject parsed(Buffer body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException noObject) {
            return new JsonObject();
        }
    }

    /** Returns the object of that name; an empty one if there is none. */
    JsonAnswer object(String name) {
        return new JsonAnswer(json.getValue(name) instanceof JsonObject object ? object : new JsonObject());
    }

    /** Returns the value if it is a word in capitals, else an empty text. */
    String code(String name) {
        return json.getValue(name) instanceof String code && CODE.matcher(code).matches() ? code : "";
    }

    /** Returns the value if it is one of these, else an empty text. */
    String oneOf(Set<String> known, String name) {
        return json.getValue(name) instanceof String value && known.contains(value) ? value : "";
    }

    /** Returns the answer that a boolean tells; a fault if it is none. */
    SimSwap swapped(String name, String detail) {
        return json.getValue(name) instanceof Boolean swapped
                ? SimSwap.of(swapped, detail)
                : new SimSwap(Kind.FAULT, detail + " without " + name);
    }

    /** Returns the answer of an HTTP status that is neither 200 nor about the number (RFC 9110, section 15). */
    static SimSwap ofStatus(int status, String code) {
        Kind kind =
                switch (status) {
                    case 408, 504 -> Kind.NO_ANSWER;
                    case 425, 429, 503 -> Kind.THROTTLED;
                    default -> status >= 300 && status < 500 ? Kind.MISCONFIGURED : Kind.FAULT;
                };
        return new SimSwap(kind, ("HTTP " + status + " " + code).strip());
    }
}
