package io.pims.authentication.transaction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Measures how many SMS wait in the database, the same for all replicas. The count is taken now and then, not for each scrape. */
@Startup
@ApplicationScoped
public class Backlog {

    private static final Logger LOG = Logger.getLogger(Backlog.class);

    private final Pool pool;
    private final Clock clock;
    private volatile Count last = new Count(0, 0, Instant.MAX);

    /** @param oldest since when the first one waits, by this replica's clock; in the future if none does */
    private record Count(long leased, long waiting, Instant oldest) {}

    public Backlog(Pool pool, Clock clock, MeterRegistry registry) {
        this.pool = pool;
        this.clock = clock;
        Gauge.builder("pims.queue.depth", () -> last.waiting())
                .tag("state", "waiting")
                .register(registry);
        Gauge.builder("pims.queue.depth", () -> last.leased())
                .tag("state", "leased")
                .register(registry);
        TimeGauge.builder("pims.queue.oldest.age", this::oldestMs, TimeUnit.MILLISECONDS)
                .tag("state", "waiting")
                .register(registry);
    }

    /** Grows between two counts, and while the database is away. */
    private long oldestMs() {
        Instant oldest = last.oldest();
        Instant now = clock.instant();
        return oldest.isBefore(now) ? Duration.between(oldest, now).toMillis() : 0;
    }

    /** If it fails, so does the search for work, which warns. */
    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return pool.withConnection(connection ->
                        connection.query(TransactionTable.COUNT_BACKLOG).execute())
                .invoke(rows -> last = read(rows.iterator().next()))
                .onFailure()
                .invoke(failure -> LOG.debug("The backlog can't be counted", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Count read(Row row) {
        long waiting = row.getLong("waiting");
        return new Count(
                row.getLong("pending") - waiting,
                waiting,
                waiting == 0 ? Instant.MAX : clock.instant().minusMillis(row.getLong("waited_ms")));
    }
}
