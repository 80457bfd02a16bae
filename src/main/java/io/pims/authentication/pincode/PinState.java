package io.pims.authentication.pincode;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * What may be known of a user's PIN.
 *
 * @param isBlocked true if too many tries in a row were wrong, also where no PIN is set
 * @param changedAt the time at which it was set; null if none is
 */
@RegisterForReflection
public record PinState(
        @JsonProperty("isSet") boolean isSet,
        @JsonProperty("isBlocked") boolean isBlocked,
        Instant changedAt) {}
