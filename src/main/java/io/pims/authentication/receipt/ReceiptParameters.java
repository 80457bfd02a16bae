package io.pims.authentication.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.pims.authentication.http.ApiException;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the parameters of a receipt in each form that they come in. At most 32 of them (Vonage documents 14), each once,
 * with a name of 64 characters and a value of 512 at the most; what else they are is the signature's business.
 */
final class ReceiptParameters {

    private static final int MOST = 32;
    private static final int LONGEST_VALUE = 512;
    private static final int LONGEST_NUMBER = 32;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(LONGEST_VALUE)
                    .build())
            .build();

    private final SortedMap<String, String> values = new TreeMap<>();
    private final String source;

    private ReceiptParameters(String source) {
        this.source = source;
    }

    /**
     * Those of a URL.
     *
     * @param query as it was sent, or null
     * @throws ApiException 400 if they are malformed or beyond the bounds, as with the other methods
     */
    static SortedMap<String, String> ofQuery(String query) {
        return new ReceiptParameters("query").decode(query == null ? "" : query);
    }

    /** Those of a form, {@code application/x-www-form-urlencoded}. */
    static SortedMap<String, String> ofForm(byte[] body) {
        return new ReceiptParameters("body").decode(new String(body, UTF_8));
    }

    /** Those of a JSON object without structure. A number is taken as it is written, for so it was signed. */
    static SortedMap<String, String> ofJson(byte[] body) {
        ReceiptParameters parameters = new ReceiptParameters("body");
        try (JsonParser json = JSON.createParser(body)) {
            parameters.read(json);
        } catch (IOException notJson) {
            throw parameters.refusal();
        }
        return parameters.values;
    }

    private SortedMap<String, String> decode(String text) {
        try {
            new QueryStringDecoder(text, UTF_8, false, MOST + 1, true)
                    .parameters()
                    .forEach((name, all) -> {
                        all.forEach(value -> add(name, value));
                    });
        } catch (IllegalArgumentException malformed) {
            throw refusal();
        }
        return values;
    }

    private void read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw refusal();
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value.isStructStart()) {
                throw refusal();
            }
            if (value != JsonToken.VALUE_NULL) {
                add(name, json.getText());
            }
        }
        if (json.nextToken() != null) {
            throw refusal();
        }
    }

    private void add(String name, String value) {
        boolean fits = values.size() < MOST && NAME.matcher(name).matches() && value.length() <= LONGEST_VALUE;
        if (!fits || values.put(name, value) != null) {
            throw refusal();
        }
    }

    private ApiException refusal() {
        return ApiException.invalid(source);
    }
}
