package io.pims.authentication.facade;

import java.util.Map;

/** Takes the one message that a call ends with. A Java or Kotlin lambda does. */
@FunctionalInterface
public interface Callback {

    /**
     * Called once a call, on a thread of {@link Configuration#callbacks()}. What it throws goes to that thread's
     * uncaught exception handler.
     *
     * @param message unmodifiable: {@code transactionId} (String), {@code status} ({@code SUCCEEDED} or
     *     {@code FAILED}) and either {@code result} (null, or what JSON maps to, numbers to Integer or Double) or {@code error} (a Map with
     *     {@code code}, an Integer, and {@code label}, a String)
     */
    void answer(Map<String, Object> message);

    /**
     * Called at most once, before the message, if the service has accepted the request and not done it yet. Does nothing
     * unless it is overridden.
     *
     * @param transactionId by which the service knows it, for support
     */
    default void pending(String transactionId) {}
}
