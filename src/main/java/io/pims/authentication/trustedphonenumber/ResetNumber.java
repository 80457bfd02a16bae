package io.pims.authentication.trustedphonenumber;

import java.time.Duration;
import java.util.Optional;

/**
 * The number that a user's reset codes go to.
 *
 * @param heldFor the time until it may receive them, as it was changed without a proof of the PIN; empty if it may now
 */
public record ResetNumber(SealedNumber number, Optional<Duration> heldFor) {}
