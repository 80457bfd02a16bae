package io.pims.authentication.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Requests that arrive while others are being recorded share the next SQL transaction: nobody waits for company, but
 * a busy replica makes a fraction of the round trips and commits.
 */
@ConfigMapping(prefix = "pims.smscode.batch")
public interface BatchConfig {

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
