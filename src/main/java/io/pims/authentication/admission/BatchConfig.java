package io.pims.authentication.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Requests that arrive while others are being recorded share the next SQL transaction. No request waits for others to
 * come, and a busy replica saves most round trips and commits.
 */
@ConfigMapping(prefix = "pims.smscode.batch")
public interface BatchConfig {

    /**
     * Most requests that share one SQL transaction. No request waits for others to come: those that arrive while a
     * transaction is under way share the next one. More save more, and hold their locks longer.
     */
    @WithDefault("64")
    @Min(1)
    @Max(500)
    int size();

    /**
     * SQL transactions of this kind at a time, each on a connection of its own. More help where the database is far
     * away, and make each batch smaller.
     */
    @WithDefault("1")
    @Min(1)
    @Max(20)
    int lanes();

    /** Requests that wait for the next batch. More are refused with 503 at once, rather than answered too late. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int queue();
}
