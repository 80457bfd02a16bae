package io.pims.authentication.trustedphonenumber;

import java.time.Duration;
import java.util.Optional;

/**
 * The number that a user's reset code goes to.
 *
 * @param heldFor how long it receives none yet, as it was changed without proof of the PIN; empty if it does
 */
public record ResetNumber(SealedNumber number, Optional<Duration> heldFor) {}
