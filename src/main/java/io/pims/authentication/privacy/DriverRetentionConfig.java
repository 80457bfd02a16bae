package io.pims.authentication.privacy;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The end of life of drivers who are not heard of any more. */
@ConfigMapping(prefix = "pims.driver")
public interface DriverRetentionConfig {

    /**
     * A driver who has neither asked for a code nor proved a PIN for so long is erased, as by {@code privacy.md#erase}.
     * Without it numbers and PINs stay until somebody erases them, also those of accounts that the issuer deleted. It
     * counts from the update to this release at the earliest. Shorter keeps less, and makes who comes back certify a
     * number again.
     */
    Optional<@DurationMin(days = 30) @DurationMax(days = 3650) Duration> inactiveAfter();
}
