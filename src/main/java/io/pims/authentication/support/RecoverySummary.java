package io.pims.authentication.support;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * How a recovery stands.
 *
 * @param confirmedAt when number and PIN went off file; absent while it is only requested
 * @param undoneAt when they came back; absent if they did not
 * @param endsAt the end of the time to confirm it; once it is done, of the hold
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecoverySummary(
        RecoveryState state, Instant requestedAt, Instant confirmedAt, Instant undoneAt, Instant endsAt) {}
