package io.pims.authentication.facade;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What came back.
 *
 * @param status of HTTP; 0 if it was no HTTP
 * @param retryAfter when the service wants to be asked again
 * @param body empty if it was larger than allowed
 */
record Answer(int status, Optional<Duration> retryAfter, byte[] body) {

    static final Answer UNREADABLE = new Answer(0, Optional.empty(), new byte[0]);

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    /** It becomes a part of a path. */
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");

    /** The message, if it is one: the envelope that the service gives, with a status that goes with it. */
    Optional<Map<String, Object>> message() {
        try {
            JsonNode envelope = JSON.readTree(body);
            String id = text(envelope, "transactionId");
            String outcome = text(envelope, "status");
            if (!ID.matcher(id).matches()) {
                return Optional.empty();
            }
            if (outcome.equals("FAILED")) {
                return failed(id, envelope.path("error"));
            }
            boolean known = outcome.equals("SUCCEEDED") || outcome.equals("PENDING");
            return known && status < 300 && envelope.has("result")
                    ? Optional.of(ErrorCode.envelope(
                            id, outcome, "result", JSON.treeToValue(envelope.get("result"), Object.class)))
                    : Optional.empty();
        } catch (JacksonException noJson) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isTextual() ? value.textValue() : "";
    }

    private static Optional<Map<String, Object>> failed(String id, JsonNode error) {
        return error.path("code").isInt() && error.path("label").isTextual()
                ? Optional.of(ErrorCode.failed(
                        id, error.get("code").intValue(), error.get("label").textValue()))
                : Optional.empty();
    }
}
