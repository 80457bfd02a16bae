package io.pims.authentication.transaction;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * The trace that one call of the provider leaves on its transaction.
 *
 * @param number counted from 1 over the transaction's life
 * @param outcome the class of the outcome
 * @param providerStatus the provider's own status; null if there was no answer
 */
public record SendAttempt(int number, String outcome, String providerStatus, Duration took) {

    public JsonObject json() {
        return new JsonObject()
                .put("number", number)
                .put("outcome", outcome)
                .put("providerStatus", providerStatus)
                .put("tookMs", took.toMillis());
    }
}
