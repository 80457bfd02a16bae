package io.pims.authentication.sandbox;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;

/** The form that asks for an SMS; what was not given is the empty text. */
record SubmittedSms(String credentials, String to, String from, String text, String clientRef) {

    private static final String BASIC = "Basic ";

    /** Credentials come as form fields, or as HTTP Basic authentication, which is what the SDK does. */
    static SubmittedSms in(HttpServerRequest request) {
        MultiMap form = request.formAttributes();
        String authorization = request.getHeader("Authorization");
        String credentials = authorization == null || !authorization.startsWith(BASIC)
                ? field(form, "api_key") + ":" + field(form, "api_secret")
                : decoded(authorization.substring(BASIC.length()));
        return new SubmittedSms(
                credentials, field(form, "to"), field(form, "from"), field(form, "text"), field(form, "client-ref"));
    }

    boolean isComplete() {
        return Stream.of(to, from, text).noneMatch(String::isEmpty);
    }

    boolean isFrom(String apiKey, String apiSecret) {
        return credentials.equals(apiKey + ":" + apiSecret);
    }

    ReceivedMessage receivedAt(Instant time) {
        return new ReceivedMessage(e164(to), from, text, clientRef.isEmpty() ? null : clientRef, time);
    }

    /** The API's numbers have no plus, and in a query a plus that was not escaped arrives as a blank. */
    static String e164(String number) {
        return "+" + number.strip().replaceFirst("^\\+", "");
    }

    private static String field(MultiMap form, String name) {
        String value = form.get(name);
        return value == null ? "" : value;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
