package io.pims.authentication.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long anything may wait for the database. */
@ConfigMapping(prefix = "pims.database")
public interface DatabaseConfig {

    /**
     * How long the database may take over a request, with all that the request asks of it, before the client is told 2204
     * with 503. What is recorded too late is rolled back. No statement runs for longer, and none waits for a lock for
     * longer than half of it. Longer forgives a slow database, and lets more requests pile up before it.
     */
    @WithDefault("5s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 60)
    Duration patience();

    /**
     * How long a replica may pause in the middle of a SQL transaction before PostgreSQL ends it. For so long one that is
     * stopped keeps others from the rows of its drivers; one that pauses for longer, as for a collection of garbage, has
     * to refuse these requests.
     */
    @WithDefault("1s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 60)
    Duration idleInTransaction();
}
