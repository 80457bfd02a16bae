package io.pims.authentication.sms.vonage;

import io.pims.authentication.ScriptedServer;
import java.io.IOException;
import java.time.Duration;

/** A provider that says the same to every request. */
final class ScriptedVonage extends ScriptedServer {

    ScriptedVonage(Answer answer) throws IOException {
        super(() -> answer);
    }

    static Answer status(String status) {
        return http("200 OK", json(status));
    }

    static String json(String... statuses) {
        StringBuilder parts = new StringBuilder();
        for (String status : statuses) {
            parts.append(parts.isEmpty() ? "" : ",")
                    .append("{\"to\":\"33612345678\",\"message-id\":\"0C0001\",\"status\":\"%s\",\"error-text\":\"no\"}"
                            .formatted(status));
        }
        return "{\"message-count\":\"%d\",\"messages\":[%s]}".formatted(statuses.length, parts);
    }

    static Answer hang() {
        return hang("");
    }

    /** Sends a byte now and then, always within the read timeout, for ever. */
    static Answer drip(String head) {
        return drip(head, Duration.ofMillis(20));
    }

    int requestsLeft() {
        return requests().size();
    }
}
