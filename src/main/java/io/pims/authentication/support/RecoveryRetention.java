package io.pims.authentication.support;

import io.pims.authentication.database.OldRows;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Deletes recoveries at their end, and with them the numbers and PINs that can't be put back any more. */
@ApplicationScoped
class RecoveryRetention {

    private static final Logger LOG = Logger.getLogger(RecoveryRetention.class);

    private static final String DELETE = """
            DELETE FROM recovery WHERE user_id = ANY(ARRAY(
                SELECT user_id FROM recovery
                WHERE ends_at < now() - make_interval(secs => $1)
                ORDER BY ends_at LIMIT %d
                FOR UPDATE SKIP LOCKED))
            """.formatted(OldRows.ROWS_PER_STATEMENT);

    private final OldRows rows;

    RecoveryRetention(OldRows rows) {
        this.rows = rows;
    }

    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> deleteEnded() {
        return rows.delete(DELETE, Duration.ZERO)
                .invoke(deleted -> LOG.infof("Retention took %d recoveries", deleted))
                .replaceWithVoid();
    }
}
