package io.pims.authentication.notice;

import io.pims.authentication.database.OldRows;
import io.pims.authentication.notice.NoticeMetrics.Drop;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Keeps the outbox within its bounds while the backend is away: by age, and by number. It works also where no backend is set
 * any more.
 */
@ApplicationScoped
class NoticeRetention {

    private static final Logger LOG = Logger.getLogger(NoticeRetention.class);

    private final OldRows rows;
    private final NoticeConfig config;
    private final NoticeMetrics metrics;

    NoticeRetention(OldRows rows, NoticeConfig config, NoticeMetrics metrics) {
        this.rows = rows;
        this.config = config;
        this.metrics = metrics;
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> drop() {
        return rows.delete(NoticeTable.DROP_OLD, config.maxAge())
                .invoke(events -> tell(Drop.AGE, events))
                .chain(() -> rows.delete(NoticeTable.DROP_SURPLUS, Tuple.of(config.maxWaiting())))
                .invoke(events -> tell(Drop.NUMBER, events))
                .replaceWithVoid();
    }

    private void tell(Drop reason, int events) {
        metrics.dropped(reason, events);
        if (events > 0) {
            LOG.warnf("Dropped %d events that the backend did not take: %s", events, reason);
        }
    }

    /** A user without a row is the same as one of whom nothing waits. */
    @Scheduled(every = "1h", delayed = "6m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> deleteIdleUsers() {
        return rows.delete(NoticeTable.DELETE_IDLE, Tuple.tuple()).replaceWithVoid();
    }
}
