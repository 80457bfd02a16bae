package io.pims.authentication.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Vonage's SMS API: a form, and HTTP 200 whatever becomes of it. */
final class SmsForm implements ProviderForm {

    /** Credentials come as fields, or as HTTP Basic authentication, which is what the SDK does. */
    @Override
    public SubmittedSms read(HttpServerRequest request, String body) {
        Map<String, List<String>> form = new QueryStringDecoder(body, UTF_8, false).parameters();
        String credentials =
                SubmittedSms.basic(request).orElseGet(() -> field(form, "api_key") + ":" + field(form, "api_secret"));
        return new SubmittedSms(
                credentials, field(form, "to"), field(form, "from"), field(form, "text"), field(form, "client-ref"));
    }

    private static String field(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of("")).get(0);
    }

    @Override
    public boolean isAuthentic(SubmittedSms sms, HttpServerRequest request, String body) {
        return sms.isFrom(FakeVonage.API_KEY, FakeVonage.API_SECRET);
    }

    @Override
    public Reply accepted(SubmittedSms sms, String messageId) {
        JsonObject message = new JsonObject()
                .put("to", sms.to())
                .put("message-id", messageId)
                .put("status", "0")
                .put("remaining-balance", "3.14159265")
                .put("message-price", "0.03330000")
                .put("network", "20801");
        if (!sms.clientRef().isEmpty()) {
            message.put("client-ref", sms.clientRef());
        }
        return envelope(message);
    }

    @Override
    public Reply refused(SmsStatus status) {
        return envelope(
                new JsonObject().put("status", Integer.toString(status.code())).put("error-text", status.text()));
    }

    private static Reply envelope(JsonObject message) {
        return Reply.json(200, new JsonObject().put("message-count", "1").put("messages", JsonArray.of(message)));
    }
}
