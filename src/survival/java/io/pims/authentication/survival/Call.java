package io.pims.authentication.survival;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A call as the provider wrote it down.
 *
 * @param at when it came in, milliseconds since 1970
 * @param by which process called: each start of a replica is given an address of its own to call
 * @param clientRef the transaction
 * @param content a hash of the receiver and the text
 * @param messageId null if no SMS was sent on
 */
record Call(long at, String by, String clientRef, String content, String messageId) {

    boolean isSms() {
        return messageId != null;
    }

    String json() {
        return new JsonObject()
                .put("at", at)
                .put("by", by)
                .put("clientRef", clientRef)
                .put("content", content)
                .put("messageId", messageId)
                .encode();
    }

    private static Call of(String line) {
        JsonObject call = new JsonObject(line);
        return new Call(
                call.getLong("at"),
                call.getString("by"),
                call.getString("clientRef"),
                call.getString("content"),
                call.getString("messageId"));
    }

    static List<Call> all(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(Call::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
