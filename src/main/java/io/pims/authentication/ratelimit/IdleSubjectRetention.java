package io.pims.authentication.ratelimit;

import static java.util.stream.Collectors.summingLong;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Deletes the rows of subjects whose limits are all unused again: a subject without a row is the same. A cursor moves over
 * the primary key once, a page at a time. An index on the time would be written by every request.
 */
@ApplicationScoped
class IdleSubjectRetention {

    private static final Logger LOG = Logger.getLogger(IdleSubjectRetention.class);
    /** No parameter of the statement: for one PostgreSQL may plan for a tenth of the table, and read all of it. */
    private static final int ROWS_PER_STATEMENT = 1_000;

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
            SELECT (SELECT max(subject) FROM page) AS last, (SELECT count(*) FROM gone) AS gone
            """.formatted(ROWS_PER_STATEMENT);

    private static final String BEFORE_ALL = "";

    private final Pool pool;

    IdleSubjectRetention(Pool pool) {
        this.pool = pool;
    }

    @Scheduled(every = "1h", delayed = "3m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> delete() {
        AtomicReference<String> cursor = new AtomicReference<>(BEFORE_ALL);
        return Uni.createFrom()
                .deferred(() -> pool.withConnection(connection ->
                        connection.preparedQuery(SWEEP).execute(Tuple.of(cursor.get(), Subjects.SERVICE))))
                .map(RowSet::iterator)
                .map(RowIterator::next)
                .invoke(page -> cursor.set(page.getString("last")))
                .map(page -> page.getLong("gone"))
                .repeat()
                .whilst(gone -> cursor.get() != null)
                .collect()
                .with(summingLong(Long::longValue))
                .invoke(gone -> LOG.infof("Retention took the limits of %d idle subjects", gone))
                .replaceWithVoid();
    }
}
