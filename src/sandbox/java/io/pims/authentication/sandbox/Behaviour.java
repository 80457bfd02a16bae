package io.pims.authentication.sandbox;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

public enum Behaviour {
    NORMAL,
    /** Sends the message, and says so when nobody waits for it any more. */
    SLOW,
    /** Takes the request and never answers. */
    HANG,
    REFUSE,
    THROTTLE,
    /** HTTP 503, as from a gateway before the API. */
    ERROR,
    /** HTTP 200 with something that is not the API's answer. */
    GARBAGE,
    /** Sends the message, and the connection breaks in the middle of the answer. */
    HALF,
    /** Connections are refused. */
    UNREACHABLE,
    BAD_CREDENTIALS;

    static Optional<Behaviour> named(String word) {
        return Arrays.stream(values())
                .filter(behaviour -> behaviour.word().equals(word))
                .findFirst();
    }

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
