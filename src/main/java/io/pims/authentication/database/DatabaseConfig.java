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
     * How long one request may wait for the database in all. Then it is answered 2204 with 503, and what is recorded
     * too late is rolled back. A PIN's hash must have begun by then. While a request for a code has waited half of it
     * for its turn, new ones are answered 2204 at once. It is each session's {@code statement_timeout}, half of it the
     * {@code lock_timeout}. Longer forgives a slow database, and lets more requests pile up. Its former name,
     * {@code pims.smscode.patience}, stops the start.
     */
    @WithDefault("5s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 60)
    Duration patience();

    /**
     * How long a replica may pause in the middle of a SQL transaction before PostgreSQL ends it
     * ({@code idle_in_transaction_session_timeout}). For so long a stopped replica blocks the rows of its drivers. A
     * replica that pauses for longer, as for a garbage collection, has to refuse these requests.
     */
    @WithDefault("1s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 60)
    Duration idleInTransaction();
}
