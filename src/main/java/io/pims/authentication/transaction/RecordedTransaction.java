package io.pims.authentication.transaction;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A transaction of one user, without number and code.
 *
 * @param type of its code, or the name of the notice
 * @param attempts whose outcome is known, the first one first
 * @param language of its SMS, ISO 639-1
 * @param brand of its SMS; empty without one
 */
public record RecordedTransaction(
        Transaction transaction,
        String type,
        Instant createdAt,
        List<SendAttempt> attempts,
        String language,
        Optional<String> brand) {}
