package io.pims.authentication.code;

import java.time.Instant;
import java.util.UUID;

/**
 * The code that an SMS carries, by what it is derived from.
 *
 * @param keyId the id of the key that derives it
 * @param expiresAt by the database's clock
 */
public record CodeReference(UUID id, String keyId, Instant expiresAt) {}
