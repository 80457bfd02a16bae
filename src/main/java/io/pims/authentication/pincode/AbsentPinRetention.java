package io.pims.authentication.pincode;

import io.pims.authentication.database.OldRows;
import io.pims.authentication.securityevent.SecurityEventConfig;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Deletes the wrong tries at PINs that are not set, when the events that tell of them go. A backend may try any name, so
 * most of these users may not exist.
 */
@ApplicationScoped
class AbsentPinRetention {

    private static final Logger LOG = Logger.getLogger(AbsentPinRetention.class);

    private static final String DELETE = """
            DELETE FROM pin_code_absent WHERE user_id = ANY(ARRAY(
                SELECT user_id FROM pin_code_absent
                WHERE tried_at < now() - make_interval(secs => $1)
                ORDER BY tried_at LIMIT %d
                FOR UPDATE SKIP LOCKED))
            """.formatted(OldRows.ROWS_PER_STATEMENT);

    private final OldRows rows;
    private final SecurityEventConfig config;

    AbsentPinRetention(OldRows rows, SecurityEventConfig config) {
        this.rows = rows;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "4m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> deleteOldTries() {
        return rows.delete(DELETE, config.retention())
                .invoke(deleted -> LOG.infof("Retention took the wrong tries of %d users without a PIN", deleted))
                .replaceWithVoid();
    }
}
