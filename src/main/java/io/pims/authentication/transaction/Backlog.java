package io.pims.authentication.transaction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How much there is to be sent, as the database knows it; the same for all replicas. Looked at now and then and not for
 * each scrape, in the index of claims alone, and no further than {@value #MOST} rows.
 */
@Startup
@ApplicationScoped
public class Backlog {

    static final int MOST = 10_000;

    static final String LOOK = """
            SELECT count(*) AS pending, count(*) FILTER (WHERE lease_until <= now()) AS waiting,
                CAST(extract(epoch FROM now() - min(lease_until)) * 1000 AS bigint) AS waited_ms
            FROM (SELECT lease_until FROM sms_transaction WHERE status = 'PENDING' ORDER BY lease_until LIMIT %d) AS first
            """.formatted(MOST);

    private final Pool pool;
    private final Clock clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Seen seen = new Seen(0, 0, Instant.MAX);

    /** @param oldest since when somebody waits for a replica; in the future if nobody does */
    private record Seen(long leased, long waiting, Instant oldest) {}

    public Backlog(Pool pool, Clock clock, MeterRegistry registry) {
        this.pool = pool;
        this.clock = clock;
        Gauge.builder("pims.queue.depth", () -> seen.waiting())
                .tag("state", "waiting")
                .register(registry);
        Gauge.builder("pims.queue.depth", () -> seen.leased())
                .tag("state", "leased")
                .register(registry);
        TimeGauge.builder("pims.queue.oldest.age", this::oldestMs, TimeUnit.MILLISECONDS)
                .tag("state", "waiting")
                .register(registry);
    }

    /** Grows between two looks, and while the database is away. */
    private long oldestMs() {
        Instant oldest = seen.oldest();
        Instant now = clock.instant();
        return oldest.isBefore(now) ? Duration.between(oldest, now).toMillis() : 0;
    }

    /** Looks, unless it is still at it; fails if the database is away. */
    public Uni<Void> look() {
        if (!looking.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        return pool.withConnection(connection -> connection.query(LOOK).execute())
                .invoke(rows -> seen = seen(rows.iterator().next()))
                .onTermination()
                .invoke(() -> looking.set(false))
                .replaceWithVoid();
    }

    private Seen seen(Row row) {
        long waiting = row.getLong("waiting");
        return new Seen(
                row.getLong("pending") - waiting,
                waiting,
                waiting == 0 ? Instant.MAX : clock.instant().minusMillis(row.getLong("waited_ms")));
    }
}
