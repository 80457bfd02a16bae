package io.pims.authentication.sms.webhook;

import io.pims.authentication.sms.Sms;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** An SMS as a gateway gets it: JSON, and the headers of its signature. */
final class WebhookMessage {

    private final String id;
    private final Instant at;
    private final String body;
    private final String signature;

    WebhookMessage(Sms sms, Instant at, WebhookSignature signature) {
        this.id = sms.clientRef();
        this.at = at;
        this.body = new JsonObject()
                .put("to", sms.to())
                .put("from", sms.from())
                .put("text", sms.text())
                .put("clientRef", sms.clientRef())
                .put("ttlSeconds", sms.timeToLive().toSeconds())
                .put("language", sms.language())
                .put("brand", sms.brand())
                .put("country", sms.country())
                .encode();
        this.signature = signature.of(id, at, body);
    }

    String body() {
        return body;
    }

    void putHeaders(HttpClientRequest request) {
        request.putHeader("Content-Type", "application/json")
                .putHeader("Accept", "application/json")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", Long.toString(at.getEpochSecond()))
                .putHeader("webhook-signature", signature);
    }
}
