package io.pims.authentication.sms.vonage;

import io.pims.authentication.ScriptedServer;
import java.io.IOException;
import java.time.Duration;

/** A provider that says the same to every request. */
final class ScriptedVonage extends ScriptedServer {

    static final String MESSAGE_UUID = "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab";

    ScriptedVonage(Answer answer) throws IOException {
        super(() -> answer);
    }

    static Answer status(String status) {
        return http("200 OK", json(status));
    }

    /** The Messages API's answer to what it takes. */
    static Answer messageUuid() {
        return http("202 Accepted", "{\"message_uuid\":\"" + MESSAGE_UUID + "\"}");
    }

    /** The Messages API's answer to what it does not take; the texts are such as must not get around. */
    static Answer problem(String statusLine, String kind) {
        return http(statusLine, problem(kind));
    }

    /** @param kind the fragment of its type */
    static String problem(String kind) {
        return "{\"type\":\"https://developer.vonage.com/api-errors/messages#" + kind
                + "\",\"title\":\"Not +33612345678\",\"detail\":\"The text 123456 is not for 33612345678\","
                + "\"instance\":\"bf0ca0bf927b3b52e3cb03217e1a1ddf\"}";
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
