package io.pims.authentication;

import io.pims.authentication.database.Outage;
import io.pims.authentication.database.RareWarning;
import io.quarkus.scheduler.FailedExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import org.jboss.logging.Logger;

/**
 * Logs jobs that failed, such as retention. The scheduler's own log is switched off: it has each with its stack, also
 * where the database is away, which is logged often enough.
 */
@ApplicationScoped
class FailedJobs {

    private static final Logger LOG = Logger.getLogger(FailedJobs.class);

    private final RareWarning databaseAway;

    FailedJobs(Clock clock) {
        this.databaseAway = new RareWarning(LOG, clock);
    }

    void tell(@Observes FailedExecution failed) {
        tell(failed.getExecution().getTrigger().getMethodDescription(), failed.getException());
    }

    void tell(String job, Throwable failure) {
        if (Outage.isBehind(failure)) {
            databaseAway.log("Left for its next run, as the database is away: %s (%s)", job, failure.getMessage());
        } else {
            LOG.errorf(failure, "Failed: %s", job);
        }
    }
}
