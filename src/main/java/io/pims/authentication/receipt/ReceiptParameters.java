package io.pims.authentication.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.pims.authentication.http.ApiException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the parameters of a receipt from a URL, a form or JSON. There may be 32 of them (Vonage documents 14), each
 * once, with 64 characters in a name and 512 in a value. The signature vouches for the rest.
 */
final class ReceiptParameters {

    private static final int MOST = 32;
    private static final int LONGEST_VALUE = 512;
    private static final int LONGEST_NUMBER = 32;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(1)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxStringLength(LONGEST_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerForMapOf(String.class);

    private final SortedMap<String, String> values = new TreeMap<>();
    private final String source;

    private ReceiptParameters(String source) {
        this.source = source;
    }

    /**
     * Reads a URL.
     *
     * @param query as it was sent, or null
     * @throws ApiException 400 if it is malformed or beyond the bounds, as with the other methods
     */
    static SortedMap<String, String> ofQuery(String query) {
        return new ReceiptParameters("query").decode(query == null ? "" : query);
    }

    /** Reads a form, {@code application/x-www-form-urlencoded}. */
    static SortedMap<String, String> ofForm(byte[] body) {
        return new ReceiptParameters("body").decode(new String(body, UTF_8));
    }

    /** Reads a JSON object without structure. A number is taken as it is written: so it was signed. */
    static SortedMap<String, String> ofJson(byte[] body) {
        ReceiptParameters parameters = new ReceiptParameters("body");
        try {
            Optional.ofNullable(JSON.<Map<String, String>>readValue(body))
                    .orElseThrow(parameters::refusal)
                    .forEach((name, value) -> {
                        if (value != null) {
                            parameters.add(name, value);
                        }
                    });
        } catch (IOException notAnObject) {
            throw parameters.refusal();
        }
        return parameters.values;
    }

    private SortedMap<String, String> decode(String text) {
        try {
            new QueryStringDecoder(text, UTF_8, false, MOST + 1, true)
                    .parameters()
                    .forEach((name, all) -> all.forEach(value -> add(name, value)));
        } catch (IllegalArgumentException malformed) {
            throw refusal();
        }
        return values;
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
