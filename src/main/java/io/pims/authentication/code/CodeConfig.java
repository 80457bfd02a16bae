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
     * HMAC-SHA-256 keys as {@code id:base64}. The first derives new codes. Keep the previous one for as long as a code
     * lives. A key and the database together give away every code.
     */
    List<String> keys();

    /**
     * The life of a code. Longer forgives slow networks, and gives a guesser more time. The same code is sent again while
     * at least {@code pims.transaction.deadline} and two minutes are left of it. With a shorter life each request has a code
     * of its own.
     */
    @WithDefault("10m")
    @DurationMin(minutes = 1)
    @DurationMax(minutes = 10)
    Duration lifetime();

    /**
     * The time for which an expired code is answered 2306. After that the answer is 2305, as if there had been none. Longer explains
     * more to late drivers, and keeps a row for each driver who does not ask again.
     */
    @WithDefault("1d")
    @DurationMin(minutes = 10)
    @DurationMax(days = 30)
    Duration retention();
}
