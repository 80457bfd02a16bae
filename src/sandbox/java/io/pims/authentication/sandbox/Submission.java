package io.pims.authentication.sandbox;

import java.time.Instant;

/**
 * A request that came in complete, whatever was answered.
 *
 * @param clientRef empty if the sender gave none
 * @param behaviour how it was treated
 * @param messageId null if no SMS was sent on
 * @param api by which it came
 */
public record Submission(
        Instant at, String to, String text, String clientRef, Behaviour behaviour, String messageId, ProviderApi api) {}
