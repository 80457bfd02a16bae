package io.pims.authentication.trustedphonenumber;

import java.time.Instant;

/**
 * A number that was taken off file, as it was there.
 *
 * @param resetsHeldUntil until when it receives no reset code; null if it may
 */
public record RetiredNumber(SealedNumber number, Instant certifiedAt, Instant resetsHeldUntil) {}
