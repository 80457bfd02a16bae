package io.pims.authentication.sandbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** The request for an SMS; what was not given is the empty text. */
record SubmittedSms(String credentials, String to, String from, String text, String clientRef) {

    private static final String BASIC = "Basic ";

    /** Returns key and secret of HTTP Basic authentication, with a colon between them; empty without it. */
    static Optional<String> basic(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(authorization -> authorization.startsWith(BASIC))
                .map(authorization -> decoded(authorization.substring(BASIC.length())));
    }

    /** Reads JSON. Text that is none was not given. */
    static SubmittedSms json(String credentials, String body, String clientRef) {
        JsonObject json;
        try {
            json = new JsonObject(body);
        } catch (DecodeException none) {
            json = new JsonObject();
        }
        return new SubmittedSms(
                credentials, field(json, "to"), field(json, "from"), field(json, "text"), field(json, clientRef));
    }

    boolean isComplete() {
        return Stream.of(to, from, text).noneMatch(String::isEmpty);
    }

    boolean isFrom(String apiKey, String apiSecret) {
        return credentials.equals(apiKey + ":" + apiSecret);
    }

    ReceivedMessage receivedAt(Instant time, ProviderApi api) {
        return new ReceivedMessage(e164(to), from, text, clientRef.isEmpty() ? null : clientRef, time, api);
    }

    /** Vonage's numbers have no plus, and in a query a plus that was not escaped arrives as a blank. */
    static String e164(String number) {
        return "+" + number.strip().replaceFirst("^\\+", "");
    }

    private static String field(JsonObject json, String name) {
        return json.getValue(name) instanceof String text ? text : "";
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
