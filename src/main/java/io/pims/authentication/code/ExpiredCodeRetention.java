package io.pims.authentication.code;

import static java.util.stream.Collectors.summingLong;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Deletes codes that expired long ago, spent or not. No index finds the old ones, so a cursor moves over the primary key.
 * There are at most as many rows as users and types.
 */
@ApplicationScoped
class ExpiredCodeRetention {

    private static final Logger LOG = Logger.getLogger(ExpiredCodeRetention.class);

    private final Pool pool;
    private final CodeConfig config;

    ExpiredCodeRetention(Pool pool, CodeConfig config) {
        this.pool = pool;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "4m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> delete() {
        AtomicReference<SmsCode.Key> cursor = new AtomicReference<>(new SmsCode.Key("", ""));
        return Uni.createFrom()
                .deferred(() -> sweep(cursor.get()))
                .invoke(last -> last.map(CodeTable::key).ifPresent(cursor::set))
                .repeat()
                .until(Optional::isEmpty)
                .collect()
                .with(summingLong(last -> last.orElseThrow().getLong("gone")))
                .invoke(gone -> LOG.infof("Retention took %d expired codes", gone))
                .replaceWithVoid();
    }

    /** Returns the last row that the sweep went over; empty at the end of the table. */
    private Uni<Optional<Row>> sweep(SmsCode.Key from) {
        Tuple parameters =
                Tuple.of(from.userId(), from.type(), (double) config.retention().toSeconds());
        return pool.withConnection(
                        connection -> connection.preparedQuery(CodeTable.SWEEP).execute(parameters))
                .map(rows -> rows.stream().findFirst());
    }
}
