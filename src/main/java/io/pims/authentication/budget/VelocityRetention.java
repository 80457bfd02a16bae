package io.pims.authentication.budget;

import static java.util.stream.Collectors.summingLong;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Deletes counts that no budget looks at any more: hours after a day, days after 15. A cursor moves over the primary key
 * once, a page at a time.
 */
@ApplicationScoped
class VelocityRetention {

    private static final Logger LOG = Logger.getLogger(VelocityRetention.class);
    /** No parameter of the statement: for one PostgreSQL may plan for a tenth of the table, and read all of it. */
    private static final int ROWS_PER_STATEMENT = 1_000;

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
            """.formatted(ROWS_PER_STATEMENT);

    private static final Tuple BEFORE_ALL = Tuple.of("", 0, OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));

    private final Pool pool;

    VelocityRetention(Pool pool) {
        this.pool = pool;
    }

    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> delete() {
        AtomicReference<Tuple> cursor = new AtomicReference<>(BEFORE_ALL);
        return Uni.createFrom()
                .deferred(() -> pool.withConnection(
                        connection -> connection.preparedQuery(SWEEP).execute(cursor.get())))
                .map(RowSet::iterator)
                .map(page -> page.hasNext() ? page.next() : null)
                .invoke(last -> cursor.set(last == null ? null : after(last)))
                .map(last -> last == null ? 0L : last.getLong("gone"))
                .repeat()
                .whilst(gone -> cursor.get() != null)
                .collect()
                .with(summingLong(Long::longValue))
                .invoke(gone -> LOG.infof("Retention took %d counts of velocity", gone))
                .replaceWithVoid();
    }

    private static Tuple after(Row last) {
        return Tuple.of(last.getString("subject"), last.getInteger("hours"), last.getOffsetDateTime("begins_at"));
    }
}
