package io.pims.authentication.rotation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The pace at which numbers are encrypted anew. */
@ConfigMapping(prefix = "pims.trustedphonenumber")
public interface ResealingConfig {

    /**
     * Pause between two bites of a thousand numbers that are encrypted anew, after a key was added at the front; for all
     * replicas together. With the default five hundred a second are, so that five million take less than three hours.
     * Longer takes less of the database from requests.
     */
    @WithDefault("1s")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration resealPause();
}
