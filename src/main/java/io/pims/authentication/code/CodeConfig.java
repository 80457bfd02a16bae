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
     * HMAC-SHA-256 keys as {@code id:base64}, the first one for new codes. Keep the one before for as long as a code
     * lives; whoever has a key and the database has every code.
     */
    List<String> keys();

    /**
     * How long a code lives. Longer forgives slow networks, and gives a guesser more time. Asked again, the same code is
     * sent as long as {@code pims.transaction.deadline} and two minutes more are left of it: with a life no longer than
     * that each request has a code of its own.
     */
    @WithDefault("10m")
    @DurationMin(minutes = 1)
    @DurationMax(minutes = 10)
    Duration lifetime();

    /**
     * How long a code that has expired is still known, and answered 2306; after it, 2305 as if there had been none.
     * Longer explains more to late drivers, and keeps one row for each of those who will not ask again.
     */
    @WithDefault("1d")
    @DurationMin(minutes = 10)
    @DurationMax(days = 30)
    Duration retention();
}
