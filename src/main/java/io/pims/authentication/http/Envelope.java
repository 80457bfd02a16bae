package io.pims.authentication.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * The envelope of every answer, errors included. A FAILED one never carries {@code result}, the others never carry
 * {@code error}; {@code result} is {@code null} where the operation has no output.
 */
public sealed interface Envelope {

    String transactionId();

    static Envelope pending(UUID transactionId) {
        return new Result(transactionId.toString(), "PENDING", null);
    }

    static Envelope succeeded(UUID transactionId) {
        return succeeded(transactionId, null);
    }

    static Envelope succeeded(UUID transactionId, Object result) {
        return new Result(transactionId.toString(), "SUCCEEDED", result);
    }

    /** @param parameter the name for the label's [PARAMETER]; null where the label has none */
    static Envelope failed(UUID transactionId, ErrorCode code, String parameter) {
        return new Failure(transactionId.toString(), "FAILED", new Problem(code.code(), code.label(parameter)));
    }

    @RegisterForReflection
    @JsonPropertyOrder({"transactionId", "status", "result"})
    record Result(String transactionId, String status, Object result) implements Envelope {}

    @RegisterForReflection
    @JsonPropertyOrder({"transactionId", "status", "error"})
    record Failure(String transactionId, String status, Problem error) implements Envelope {}

    @RegisterForReflection
    @JsonPropertyOrder({"code", "label"})
    record Problem(int code, String label) {}
}
