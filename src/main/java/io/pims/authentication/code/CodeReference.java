package io.pims.authentication.code;

import java.time.Instant;
import java.util.UUID;

/**
 * Which code an SMS carries; not the code itself.
 *
 * @param id what the code is derived from
 * @param keyId the key that it is derived under
 * @param expiresAt when it ends, by the database's clock
 */
public record CodeReference(UUID id, String keyId, Instant expiresAt) {}
