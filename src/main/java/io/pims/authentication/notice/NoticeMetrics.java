package io.pims.authentication.notice;

import io.micrometer.core.instrument.Counter;
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
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells how the handing over goes on. What waits is counted now and then, not for each scrape, and is the same for all
 * replicas.
 */
@Startup
@ApplicationScoped
class NoticeMetrics {

    private static final Logger LOG = Logger.getLogger(NoticeMetrics.class);

    private final Pool pool;
    private final Clock clock;
    private final Map<Verdict, Counter> posts = new EnumMap<>(Verdict.class);
    private final Map<Drop, Counter> dropped = new EnumMap<>(Drop.class);
    private final boolean hasBackend;
    private volatile Count last = new Count(0, Instant.MAX);

    /** Why an event was dropped before the backend took it. */
    enum Drop {
        AGE,
        NUMBER
    }

    /** @param oldest since when the first one waits, by this replica's clock; in the future if none does */
    private record Count(long waiting, Instant oldest) {}

    NoticeMetrics(Pool pool, Clock clock, MeterRegistry registry, NoticeConfig config) {
        this.pool = pool;
        this.clock = clock;
        this.hasBackend = config.url().isPresent();
        Gauge.builder("pims.notice.waiting", () -> last.waiting()).register(registry);
        TimeGauge.builder("pims.notice.oldest.age", this::oldestMs, TimeUnit.MILLISECONDS)
                .register(registry);
        for (Verdict verdict : Verdict.values()) {
            posts.put(verdict, registry.counter("pims.notice.posts", "outcome", verdict.word()));
        }
        for (Drop reason : Drop.values()) {
            dropped.put(
                    reason,
                    registry.counter(
                            "pims.notice.dropped", "reason", reason.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** Grows between two counts, and while the database is away. */
    private long oldestMs() {
        Instant oldest = last.oldest();
        Instant now = clock.instant();
        return oldest.isBefore(now) ? Duration.between(oldest, now).toMillis() : 0;
    }

    void posted(Verdict verdict) {
        posts.get(verdict).increment();
    }

    void dropped(Drop reason, int events) {
        dropped.get(reason).increment(events);
    }

    /** If it fails, so does the search for what is due, which warns. */
    @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> count() {
        if (!hasBackend) {
            return Uni.createFrom().voidItem();
        }
        return pool.withConnection(
                        connection -> connection.query(NoticeTable.COUNT).execute())
                .invoke(rows -> last = read(rows.iterator().next()))
                .onFailure()
                .invoke(failure -> LOG.debug("What waits for the backend can't be counted", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Count read(Row row) {
        long waiting = row.getLong("waiting");
        return new Count(waiting, waiting == 0 ? Instant.MAX : clock.instant().minusMillis(row.getLong("oldest_ms")));
    }
}
