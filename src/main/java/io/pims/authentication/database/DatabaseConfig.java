package io.pims.authentication.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Bounds of the time that the database may take. */
@ConfigMapping(prefix = "pims.database")
public interface DatabaseConfig {

    /**
     * The time that the database may take over all statements of a request, before the client is told 2204 with 503. A
     * commit that would come too late is rolled back. No statement runs for longer, and none waits for a lock for
     * longer than half of it. Longer forgives a slow database, and lets more requests pile up before it.
     */
    @WithDefault("5s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 60)
    Duration patience();

    /**
     * The time that a replica may pause in the middle of a SQL transaction before PostgreSQL ends it. A stopped replica
     * keeps others from the rows of its drivers for so long; one that pauses for longer, as for a garbage collection,
     * has to refuse these requests.
     */
    @WithDefault("1s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 60)
    Duration idleInTransaction();
}
