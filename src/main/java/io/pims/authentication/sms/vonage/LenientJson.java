package io.pims.authentication.sms.vonage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads an answer of Vonage for the fields that decide. Bounded by its length alone: others may hold anything. */
final class LenientJson {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(BoundedExchange.LONGEST_ANSWER)
                    .maxNumberLength(BoundedExchange.LONGEST_ANSWER)
                    .maxNameLength(BoundedExchange.LONGEST_ANSWER)
                    .build())
            .build();

    private LenientJson() {}

    /** The fields that decide are ASCII. Another encoding would find faults in texts that nobody reads. */
    static JsonParser parser(byte[] answer) throws IOException {
        return JSON.createParser(new String(answer, ISO_8859_1));
    }

    /** Returns the text or number where the parser is; null if it is neither, or not of that form. */
    static String text(JsonParser json, Pattern form) throws IOException {
        boolean readable =
                json.currentToken() == JsonToken.VALUE_STRING || json.currentToken() == JsonToken.VALUE_NUMBER_INT;
        return readable && form.matcher(json.getText()).matches() ? json.getText() : null;
    }
}
