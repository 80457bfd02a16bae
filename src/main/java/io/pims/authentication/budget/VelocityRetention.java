package io.pims.authentication.budget;

import io.pims.authentication.database.KeysetSweep;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/**
 * Deletes counts that no budget looks at any more: hours after a day, days after 15.
 */
@ApplicationScoped
class VelocityRetention {

    private static final Logger LOG = Logger.getLogger(VelocityRetention.class);

    private static final String SWEEP = """
            WITH page AS MATERIALIZED (
                SELECT subject, hours, begins_at FROM sms_velocity
                WHERE (subject, hours, begins_at) > ($1, $2, $3)
                ORDER BY subject, hours, begins_at LIMIT %d),
            old AS MATERIALIZED (
                SELECT velocity.subject, velocity.hours, velocity.begins_at
                FROM sms_velocity AS velocity JOIN page USING (subject, hours, begins_at)
                WHERE velocity.begins_at
                    < now() - CASE velocity.hours WHEN 1 THEN interval '1 day' ELSE interval '15 days' END
                FOR UPDATE OF velocity SKIP LOCKED),
            gone AS (
                DELETE FROM sms_velocity
                WHERE (subject, hours, begins_at) IN (SELECT subject, hours, begins_at FROM old) RETURNING 1)
            SELECT subject, hours, begins_at, (SELECT count(*) FROM gone) AS gone
            FROM page ORDER BY subject DESC, hours DESC, begins_at DESC LIMIT 1
            """.formatted(KeysetSweep.ROWS_PER_PAGE);

    private static final OffsetDateTime BEFORE_ALL = OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final KeysetSweep sweep;

    VelocityRetention(KeysetSweep sweep) {
        this.sweep = sweep;
    }

    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> delete() {
        return sweep.run(SWEEP, Tuple.of("", 0, BEFORE_ALL), VelocityRetention::after)
                .invoke(gone -> LOG.infof("Retention took %d counts of velocity", gone))
                .replaceWithVoid();
    }

    private static Tuple after(Row last) {
        return Tuple.of(last.getString("subject"), last.getInteger("hours"), last.getOffsetDateTime("begins_at"));
    }
}
