package io.pims.authentication.code;

import static java.util.stream.Collectors.summingLong;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Takes away codes that expired long ago, spent or not. There are at most as many rows as users and types, and no index
 * leads to the old ones, so a cursor moves over the primary key once, a bite at a time.
 */
@ApplicationScoped
class ExpiredCodeRetention {

    private static final Logger LOG = Logger.getLogger(ExpiredCodeRetention.class);
    /** In the statement itself: for a parameter PostgreSQL may plan for a tenth of the table, and read it all. */
    private static final int ROWS_PER_STATEMENT = 1_000;

    /** Reads as many rows as a bite has, by the primary key from the cursor on; what is locked is being renewed. */
    private static final String SWEEP = """
            WITH page AS MATERIALIZED (
                SELECT user_id, type FROM sms_code WHERE (user_id, type) > ($1, $2)
                ORDER BY user_id, type LIMIT %d),
            old AS MATERIALIZED (
                SELECT sms_code.user_id, sms_code.type FROM sms_code JOIN page USING (user_id, type)
                WHERE sms_code.expires_at < now() - make_interval(secs => $3)
                FOR UPDATE OF sms_code SKIP LOCKED),
            gone AS (
                DELETE FROM sms_code WHERE (user_id, type) IN (SELECT user_id, type FROM old) RETURNING 1)
            SELECT user_id, type, (SELECT count(*) FROM gone) AS gone
            FROM page ORDER BY user_id DESC, type DESC LIMIT 1
            """.formatted(ROWS_PER_STATEMENT);

    private static final SmsCode.Key BEFORE_ALL = new SmsCode.Key("", "");

    private final Pool pool;
    private final CodeConfig config;

    ExpiredCodeRetention(Pool pool, CodeConfig config) {
        this.pool = pool;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "4m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> delete() {
        AtomicReference<Optional<SmsCode.Key>> cursor = new AtomicReference<>(Optional.of(BEFORE_ALL));
        return Uni.createFrom()
                .deferred(() -> pool.withConnection(connection -> connection
                        .preparedQuery(SWEEP)
                        .execute(from(cursor.get().orElseThrow()))))
                .map(RowSet::iterator)
                .map(ExpiredCodeRetention::first)
                .invoke(last -> cursor.set(last.map(ExpiredCodeRetention::key)))
                .map(last -> last.map(bite -> bite.getLong("gone")).orElse(0L))
                .repeat()
                .whilst(gone -> cursor.get().isPresent())
                .collect()
                .with(summingLong(Long::longValue))
                .invoke(gone -> LOG.infof("Retention took %d expired codes", gone))
                .replaceWithVoid();
    }

    private Tuple from(SmsCode.Key key) {
        return Tuple.of(key.userId(), key.type(), (double) config.retention().toSeconds());
    }

    private static Optional<Row> first(RowIterator<Row> rows) {
        return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }

    private static SmsCode.Key key(Row row) {
        return new SmsCode.Key(row.getString("user_id"), row.getString("type"));
    }
}
