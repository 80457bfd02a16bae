package io.pims.authentication.code;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The keys of the codes and how long codes live. */
@ConfigMapping(prefix = "pims.smscode")
public interface CodeConfig {

    /**
     * HMAC-SHA-256 keys that codes are derived under, {@code id:base64}, 32 bytes each: {@code keys.md}. The first one
     * is for new codes. Keep the previous one for as long as a code lives. A key and the database together give away
     * every code that lives.
     */
    List<String> keys();

    /**
     * How long a code lives. Longer forgives slow networks and gives a guesser more time. A driver who asks again gets
     * the same code while {@code pims.transaction.deadline} and two minutes more are left of it. With a life no longer
     * than that, each request has a code of its own.
     */
    @WithDefault("10m")
    @DurationMin(minutes = 1)
    @DurationMax(minutes = 10)
    Duration lifetime();

    /**
     * How long an expired code is answered 2306. After that it is answered 2305, as if there had been none. Longer
     * explains more to late drivers, and keeps a row for each driver who does not ask again.
     */
    @WithDefault("1d")
    @DurationMin(minutes = 10)
    @DurationMax(days = 30)
    Duration retention();
}
