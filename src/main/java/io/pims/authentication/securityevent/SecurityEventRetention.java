package io.pims.authentication.securityevent;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Takes away events whose time is over, in small bites, the oldest first. What is old is told by the database alone: ids are
 * ordered by the clocks of replicas, which may be wrong.
 */
@ApplicationScoped
class SecurityEventRetention {

    private static final Logger LOG = Logger.getLogger(SecurityEventRetention.class);
    /** In the statement itself: for a parameter PostgreSQL may plan for a tenth of the table, and read it all. */
    private static final int BITE = 1_000;

    /** Reads the oldest end of the index: never more rows than it takes away. */
    private static final String DELETE = """
            DELETE FROM security_event WHERE id = ANY(ARRAY(
                SELECT id FROM security_event
                WHERE at < now() - make_interval(secs => $1)
                ORDER BY at LIMIT %d
                FOR UPDATE SKIP LOCKED))
            """.formatted(BITE);

    private final Pool pool;
    private final SecurityEventConfig config;

    SecurityEventRetention(Pool pool, SecurityEventConfig config) {
        this.pool = pool;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> deleteOldEvents() {
        double seconds = config.retention().toSeconds();
        return pool.withConnection(
                        connection -> connection.preparedQuery(DELETE).execute(Tuple.of(seconds)))
                .map(SqlResult::rowCount)
                .invoke(deleted -> LOG.infof("Retention took %d security events", deleted))
                .repeat()
                .whilst(deleted -> deleted == BITE)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
