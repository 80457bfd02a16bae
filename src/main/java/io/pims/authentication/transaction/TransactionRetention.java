package io.pims.authentication.transaction;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Takes away transactions whose time is over, in small bites, the oldest first. What is old is told by the database alone:
 * ids are ordered by the clocks of replicas, which may be wrong. A PENDING one has no end yet, so it stays.
 */
@ApplicationScoped
public class TransactionRetention {

    private static final Logger LOG = Logger.getLogger(TransactionRetention.class);
    /** In the statement itself: for a parameter PostgreSQL may plan for a tenth of the table, and read it all. */
    private static final int BITE = 1_000;

    private static final String DELETE = """
            DELETE FROM sms_transaction WHERE id = ANY(ARRAY(
                SELECT id FROM sms_transaction
                WHERE finished_at < now() - make_interval(secs => $1)
                ORDER BY finished_at LIMIT %d
                FOR UPDATE SKIP LOCKED))
            """.formatted(BITE);

    private final Pool pool;
    private final TransactionConfig config;

    public TransactionRetention(Pool pool, TransactionConfig config) {
        this.pool = pool;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> deleteOldTransactions() {
        double seconds = config.retention().toSeconds();
        return pool.withConnection(
                        connection -> connection.preparedQuery(DELETE).execute(Tuple.of(seconds)))
                .map(SqlResult::rowCount)
                .invoke(deleted -> LOG.infof("Retention took %d transactions", deleted))
                .repeat()
                .whilst(deleted -> deleted == BITE)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
