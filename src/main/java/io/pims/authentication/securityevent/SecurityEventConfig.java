package io.pims.authentication.securityevent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The retention of security events. */
@ConfigMapping(prefix = "pims.securityevent")
public interface SecurityEventConfig {

    /**
     * How long the record of what happened to numbers and PINs is kept. The default is a little more than a year, so
     * that a month can be compared to the same one of the year before. Longer shows slower frauds, and keeps personal
     * data that nobody may need any more.
     */
    @WithDefault("400d")
    @DurationMin(days = 1)
    @DurationMax(days = 3650)
    Duration retention();
}
