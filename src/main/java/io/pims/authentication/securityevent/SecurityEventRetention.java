package io.pims.authentication.securityevent;

import io.pims.authentication.database.OldRows;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Deletes security events that are older than their retention. */
@ApplicationScoped
class SecurityEventRetention {

    private static final Logger LOG = Logger.getLogger(SecurityEventRetention.class);

    /** Reads the oldest end of the index, never more rows than it deletes. */
    private static final String DELETE = """
            DELETE FROM security_event WHERE id = ANY(ARRAY(
                SELECT id FROM security_event
                WHERE at < now() - make_interval(secs => $1)
                ORDER BY at LIMIT %d
                FOR UPDATE SKIP LOCKED))
            """.formatted(OldRows.ROWS_PER_STATEMENT);

    private final OldRows rows;
    private final SecurityEventConfig config;

    SecurityEventRetention(OldRows rows, SecurityEventConfig config) {
        this.rows = rows;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> deleteOldEvents() {
        return rows.delete(DELETE, config.retention())
                .invoke(deleted -> LOG.infof("Retention took %d security events", deleted))
                .replaceWithVoid();
    }
}
