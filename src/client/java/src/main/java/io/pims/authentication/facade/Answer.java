package io.pims.authentication.facade;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import okio.Buffer;

/** What came back. */
final class Answer {

    static final Answer UNREADABLE = new Answer(0, null, new byte[0]);

    /** It becomes a part of a path. */
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");

    private final int status;
    private final Duration retryAfter;
    private final byte[] body;

    /**
     * An answer.
     *
     * @param status of HTTP; 0 if it was no HTTP
     * @param retryAfter when the service wants to be asked again; null if it does not say
     * @param body empty if it was larger than allowed
     */
    Answer(int status, Duration retryAfter, byte[] body) {
        this.status = status;
        this.retryAfter = retryAfter;
        this.body = body;
    }

    int status() {
        return status;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The message, if it is one: the envelope that the service gives, with a status that goes with it. */
    Optional<Map<String, Object>> message() {
        Object json = json();
        if (!(json instanceof Map)) {
            return Optional.empty();
        }
        Map<?, ?> envelope = (Map<?, ?>) json;
        Object id = envelope.get("transactionId");
        Object outcome = envelope.get("status");
        if (!(id instanceof String) || !ID.matcher((String) id).matches()) {
            return Optional.empty();
        }
        if ("FAILED".equals(outcome)) {
            return failed((String) id, envelope.get("error"));
        }
        boolean known = "SUCCEEDED".equals(outcome) || "PENDING".equals(outcome);
        return known && status < 300 && envelope.containsKey("result")
                ? Optional.of(ErrorCode.envelope((String) id, (String) outcome, "result", envelope.get("result")))
                : Optional.empty();
    }

    /** Null if it is none. A name that is there twice is none. */
    private Object json() {
        try (JsonReader reader = JsonReader.of(new Buffer().write(body))) {
            Object value = Json.read(reader);
            return reader.peek() == JsonReader.Token.END_DOCUMENT ? value : null;
        } catch (IOException | JsonDataException none) {
            return null;
        }
    }

    private static Optional<Map<String, Object>> failed(String id, Object error) {
        if (!(error instanceof Map)) {
            return Optional.empty();
        }
        Object code = ((Map<?, ?>) error).get("code");
        Object label = ((Map<?, ?>) error).get("label");
        return code instanceof Integer && label instanceof String
                ? Optional.of(ErrorCode.failed(id, (Integer) code, (String) label))
                : Optional.empty();
    }
}
