package io.pims.authentication.trustedphonenumber;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A number on file, as far as somebody may know it who helps its driver.
 *
 * @param lastDigits the last two; null if the number can't be read, as its key was thrown away
 * @param country of the number's range (ISO 3166-1 alpha-2), or {@code unknown}
 * @param resetsHeldUntil until when it receives no reset code; null if it was never held
 */
@RegisterForReflection
public record NumberSummary(String lastDigits, String country, Instant certifiedAt, Instant resetsHeldUntil) {

    private static final int DIGITS = 2;

    static String lastDigits(PhoneNumber number) {
        return number.e164().substring(number.e164().length() - DIGITS);
    }
}
