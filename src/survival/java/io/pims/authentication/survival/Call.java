package io.pims.authentication.survival;

import io.pims.authentication.sandbox.Behaviour;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A call as the provider wrote it down.
 *
 * @param at when it came in, milliseconds since 1970
 * @param by which process called: each start of a replica is given an address of its own to call
 * @param road whose provider it is: each road of a process has an address of its own too
 * @param clientRef the transaction
 * @param content a hash of the receiver and the text
 * @param behaviour how the call was treated
 * @param messageId null if no SMS was sent on
 */
record Call(long at, String by, String road, String clientRef, String content, Behaviour behaviour, String messageId) {

    /** After these the caller can't know whether an SMS went out. */
    private static final Set<Behaviour> UNCLEAR =
            Set.of(Behaviour.HANG, Behaviour.SLOW, Behaviour.HALF, Behaviour.GARBAGE);

    boolean isSms() {
        return messageId != null;
    }

    /** True if nobody was told what became of it. */
    boolean isUnclear() {
        return UNCLEAR.contains(behaviour);
    }

    /** True if it was refused for good. */
    boolean isRefused() {
        return behaviour == Behaviour.REFUSE;
    }

    String json() {
        return new JsonObject()
                .put("at", at)
                .put("by", by)
                .put("road", road)
                .put("clientRef", clientRef)
                .put("content", content)
                .put("behaviour", behaviour.name())
                .put("messageId", messageId)
                .encode();
    }

    private static Call of(String line) {
        JsonObject call = new JsonObject(line);
        return new Call(
                call.getLong("at"),
                call.getString("by"),
                call.getString("road"),
                call.getString("clientRef"),
                call.getString("content"),
                Behaviour.valueOf(call.getString("behaviour")),
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
