package io.pims.authentication.securityevent;

import io.pims.authentication.message.RequestIds;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Takes away events whose time is over, in small bites along the primary key, which is ordered by time. */
@ApplicationScoped
class EventRetention {

    private static final Logger LOG = Logger.getLogger(EventRetention.class);
    /** In the statement itself: for a parameter PostgreSQL may plan for a tenth of the table, and read it all. */
    private static final int BITE = 1_000;

    /** Reads the oldest end of the primary key: never more rows than it takes away. */
    private static final String DELETE = """
            DELETE FROM security_event WHERE id = ANY(ARRAY(
                SELECT id FROM security_event
                WHERE id < $1
                ORDER BY id LIMIT %d
                FOR UPDATE SKIP LOCKED))
            """.formatted(BITE);

    private final Pool pool;
    private final SecurityEventConfig config;
    private final Clock clock;

    EventRetention(Pool pool, SecurityEventConfig config, Clock clock) {
        this.pool = pool;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> deleteOldEvents() {
        UUID cutoff = RequestIds.smallest(clock.instant().minus(config.retention()));
        return pool.withConnection(
                        connection -> connection.preparedQuery(DELETE).execute(Tuple.of(cutoff)))
                .map(SqlResult::rowCount)
                .invoke(deleted -> LOG.infof("Retention took %d security events", deleted))
                .repeat()
                .whilst(deleted -> deleted == BITE)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
