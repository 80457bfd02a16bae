package io.pims.authentication.notice;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * An event as it waits in the outbox.
 *
 * @param id orders the events of one user
 * @param event the id of the event; each post of it has the same
 * @param code the error code of a refusal; empty if the operation was done
 * @param at the time of the event
 */
record WaitingNotice(long id, UUID event, String user, String what, OptionalInt code, UUID transactionId, Instant at) {

    /**
     * Returns the body of its post, the same each time: type, timestamp and data, as Standard Webhooks recommends. All of it
     * is named in {@code events.md}.
     */
    String json() {
        JsonObject data = new JsonObject()
                .put("id", event.toString())
                .put("user", user)
                .put("transactionId", transactionId.toString());
        code.ifPresent(error -> data.put("code", error));
        return new JsonObject()
                .put("type", what)
                .put("timestamp", at.toString())
                .put("data", data)
                .encode();
    }
}
