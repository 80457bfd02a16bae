package io.pims.authentication.ratelimit;

import io.pims.authentication.database.KeysetSweep;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Deletes the rows of subjects whose limits are all unused again: a subject without a row is the same. Sweeps the table, as
 * an index on the time would be written by every request.
 */
@ApplicationScoped
class IdleSubjectRetention {

    private static final Logger LOG = Logger.getLogger(IdleSubjectRetention.class);

    /**
     * Reads one page by the primary key, after the cursor. A locked row is being charged, and is not waited for: the charge
     * may wait for another row of this page. The slices of the service stay: they are few, and the next charge would add
     * them again.
     */
    private static final String SWEEP = """
            WITH page AS MATERIALIZED (
                SELECT subject FROM rate_limit WHERE subject > $1 ORDER BY subject LIMIT %d),
            idle AS MATERIALIZED (
                SELECT rate_limit.subject FROM rate_limit JOIN page ON rate_limit.subject = page.subject
                WHERE rate_limit.idle_at < now() AND NOT starts_with(rate_limit.subject, $2)
                FOR UPDATE OF rate_limit SKIP LOCKED),
            gone AS (
                DELETE FROM rate_limit WHERE subject IN (SELECT subject FROM idle) RETURNING 1)
            SELECT max(subject) AS last, (SELECT count(*) FROM gone) AS gone FROM page HAVING count(*) > 0
            """.formatted(KeysetSweep.ROWS_PER_PAGE);

    private final KeysetSweep sweep;

    IdleSubjectRetention(KeysetSweep sweep) {
        this.sweep = sweep;
    }

    @Scheduled(every = "1h", delayed = "3m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> delete() {
        return sweep.run(SWEEP, after(""), last -> after(last.getString("last")))
                .invoke(gone -> LOG.infof("Retention took the limits of %d idle subjects", gone))
                .replaceWithVoid();
    }

    private static Tuple after(String subject) {
        return Tuple.of(subject, Subjects.SERVICE);
    }
}
