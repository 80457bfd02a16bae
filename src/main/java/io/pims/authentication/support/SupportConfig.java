package io.pims.authentication.support;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What the help desk may do for a driver who lost the phone. */
@ConfigMapping(prefix = "pims.support")
public interface SupportConfig {

    /**
     * For how long after a recovery a new number receives no reset code, and the recovery can be undone. In this time
     * the driver whom an impostor spoke for can read the SMS to the old number, and call. Longer keeps an honest driver
     * without a phone out of the car's functions. With 0 nothing is held, and nothing can be undone.
     */
    @WithDefault("24h")
    @DurationMin(seconds = 0)
    @DurationMax(days = 30)
    Duration hold();

    /**
     * How many people of the help desk a recovery takes, 1 or 2. With 2, nothing happens until another one has made the
     * same call within 24 hours. One alone, or a single stolen token, then takes nobody's number off file.
     */
    @WithDefault("1")
    @Min(1)
    @Max(2)
    int approvals();
}
