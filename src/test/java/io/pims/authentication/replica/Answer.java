package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.UUID;

/** What a replica said, and when. Each but a probe's answer is held against the envelope. */
record Answer(HttpResponse<String> response, JsonObject message, long nanoTime) {

    static Answer of(HttpResponse<String> response) {
        JsonObject message = new JsonObject(response.body());
        boolean failed = message.getString("status").equals("FAILED");
        assertThat(message.fieldNames())
                .as(response.body())
                .containsExactly("transactionId", "status", failed ? "error" : "result");
        return new Answer(response, message, System.nanoTime());
    }

    int status() {
        return response.statusCode();
    }

    boolean isAccepted() {
        return status() == 202;
    }

    UUID id() {
        return UUID.fromString(message.getString("transactionId"));
    }

    String state() {
        return message.getString("status");
    }

    /** The error's code; 0 if there is none. */
    int code() {
        return message.containsKey("error") ? message.getJsonObject("error").getInteger("code") : 0;
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    @Override
    public String toString() {
        return status() + " " + message.encode();
    }
}
