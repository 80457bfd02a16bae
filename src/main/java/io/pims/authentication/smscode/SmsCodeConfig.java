package io.pims.authentication.smscode;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The time that a client may wait for the outcome. */
@ConfigMapping(prefix = "pims.smscode")
public interface SmsCodeConfig {

    /** Longest {@code Prefer: wait}. It must be below the time-outs of all proxies on the way. */
    @WithDefault("20s")
    @DurationMin(seconds = 0)
    @DurationMax(minutes = 2)
    Duration longestWait();
}
