package io.pims.authentication.smscode;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The codes, and how long a client may wait for an answer. */
@ConfigMapping(prefix = "pims.smscode")
public interface SmsCodeConfig {

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

    /** The longest {@code Prefer: wait}; must stay below the time-outs of all proxies on the way. */
    @WithDefault("20s")
    @DurationMin(seconds = 0)
    @DurationMax(minutes = 2)
    Duration longestWait();

    Batch batch();

    /**
     * Requests that arrive while others are being recorded share the next SQL transaction: nobody waits for company, but
     * a busy replica makes a fraction of the round trips and commits.
     */
    interface Batch {

        /** Requests that share one SQL transaction, at most. More save more and hold their locks longer. */
        @WithDefault("64")
        @Min(1)
        @Max(500)
        int size();

        /**
         * SQL transactions of this kind at a time, each on a connection of its own. More help where the way to the
         * database is long, and make each batch smaller.
         */
        @WithDefault("1")
        @Min(1)
        @Max(20)
        int lanes();

        /** Requests that wait for the next one; more are refused with 503 at once, rather than answered too late. */
        @WithDefault("1000")
        @Min(1)
        @Max(100_000)
        int queue();
    }
}
