package io.pims.authentication.sms.webhook;

import io.pims.authentication.sms.Sms;
import io.vertx.core.json.JsonObject;

/** An SMS as a gateway gets it. */
final class WebhookMessage {

    private WebhookMessage() {}

    /** Returns the JSON of an SMS. */
    static String of(Sms sms) {
        return new JsonObject()
                .put("to", sms.to())
                .put("from", sms.from())
                .put("text", sms.text())
                .put("clientRef", sms.clientRef())
                .put("ttlSeconds", sms.timeToLive().toSeconds())
                .put("language", sms.language())
                .put("brand", sms.brand())
                .put("country", sms.country())
                .encode();
    }
}
