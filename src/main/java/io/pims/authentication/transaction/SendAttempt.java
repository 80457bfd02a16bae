package io.pims.authentication.transaction;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A call of the provider, as the transaction's log keeps it.
 *
 * @param number counted from 1 over the life of the transaction
 * @param road the name of the road that it went by; null if it is older than roads are
 * @param outcome the kind of outcome
 * @param providerStatus the provider's own status; null without an answer
 */
public record SendAttempt(int number, String road, String outcome, String providerStatus, Duration took) {

    static SendAttempt of(JsonObject json) {
        return new SendAttempt(
                json.getInteger("number"),
                json.getString("road"),
                json.getString("outcome"),
                json.getString("providerStatus"),
                Duration.ofMillis(json.getLong("tookMs", 0L)));
    }

    public JsonObject json() {
        return new JsonObject()
                .put("number", number)
                .put("road", road)
                .put("outcome", outcome)
                .put("providerStatus", providerStatus)
                .put("tookMs", took.toMillis());
    }
}
