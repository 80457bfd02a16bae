package io.pims.authentication.transaction;

import io.pims.authentication.database.OldRows;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Deletes transactions that ended longer ago than their retention. A PENDING one has no end yet, so it stays. */
@ApplicationScoped
public class TransactionRetention {

    private static final Logger LOG = Logger.getLogger(TransactionRetention.class);

    private final OldRows rows;
    private final TransactionConfig config;

    public TransactionRetention(OldRows rows, TransactionConfig config) {
        this.rows = rows;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> deleteOldTransactions() {
        return rows.delete(TransactionTable.DELETE_OLD, config.retention())
                .invoke(deleted -> LOG.infof("Retention took %d transactions", deleted))
                .replaceWithVoid();
    }
}
