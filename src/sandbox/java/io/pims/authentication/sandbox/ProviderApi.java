package io.pims.authentication.sandbox;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways in which the fake provider takes SMS. */
public enum ProviderApi {
    /** Vonage's SMS API. */
    SMS("/sms/json"),
    /** Vonage's Messages API. */
    MESSAGES("/v1/messages"),
    /** A gateway of one's own, with Standard Webhooks. */
    WEBHOOK("/webhook/sms");

    private final String path;

    ProviderApi(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    static Optional<ProviderApi> named(String word) {
        return Arrays.stream(values()).filter(api -> api.word().equals(word)).findFirst();
    }

    static Optional<ProviderApi> at(String path) {
        return Arrays.stream(values()).filter(api -> api.path.equals(path)).findFirst();
    }

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
