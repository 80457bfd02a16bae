package io.pims.authentication.budget;

import static java.util.stream.Collectors.summingLong;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Takes away counts that no budget looks at any more: hours after a day, days after 15. A cursor moves over the primary
 * key once, a page at a time.
 */
@ApplicationScoped
class VelocityRetention {

    private static final Logger LOG = Logger.getLogger(VelocityRetention.class);
    /** In the statement itself: for a parameter PostgreSQL may plan for a tenth of the table, and read it all. */
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

    private record Cursor(String subject, int hours, OffsetDateTime beginsAt) {

        static final Cursor BEFORE_ALL = new Cursor("", 0, OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));

        static Cursor of(Row row) {
            return new Cursor(row.getString("subject"), row.getInteger("hours"), row.getOffsetDateTime("begins_at"));
        }
    }

    private record Swept(Cursor last, long gone) {}

    private final Pool pool;

    VelocityRetention(Pool pool) {
        this.pool = pool;
    }

    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> delete() {
        AtomicReference<Cursor> cursor = new AtomicReference<>(Cursor.BEFORE_ALL);
        return Uni.createFrom()
                .deferred(() -> sweep(cursor.get()))
                .invoke(swept -> cursor.set(swept.last()))
                .map(Swept::gone)
                .repeat()
                .whilst(gone -> cursor.get() != null)
                .collect()
                .with(summingLong(Long::longValue))
                .invoke(gone -> LOG.infof("Retention took %d counts of velocity", gone))
                .replaceWithVoid();
    }

    private Uni<Swept> sweep(Cursor from) {
        return pool.withConnection(connection -> connection
                .preparedQuery(SWEEP)
                .execute(Tuple.of(from.subject(), from.hours(), from.beginsAt()))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return new Swept(null, 0);
                    }
                    Row row = rows.iterator().next();
                    return new Swept(Cursor.of(row), row.getLong("gone"));
                }));
    }
}
