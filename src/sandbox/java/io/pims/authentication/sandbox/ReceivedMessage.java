package io.pims.authentication.sandbox;

import java.time.Instant;

/**
 * An SMS that the provider took over.
 *
 * @param to E.164
 * @param clientRef null if the sender gave none
 * @param api by which it came
 */
public record ReceivedMessage(
        String to, String from, String text, String clientRef, Instant receivedAt, ProviderApi api) {}
