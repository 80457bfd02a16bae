package io.pims.authentication.pincode;

import static java.util.stream.Collectors.summingInt;

import io.pims.authentication.securityevent.SecurityEventConfig;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Takes away the wrong tries at PINs that are not set, with the events that tell of them: a backend may try any name, so
 * that most of these users may not be there at all.
 */
@ApplicationScoped
class AbsentPinRetention {

    private static final Logger LOG = Logger.getLogger(AbsentPinRetention.class);
    /** In the statement itself: for a parameter PostgreSQL may plan for a tenth of the table, and read it all. */
    private static final int BITE = 1_000;

    private static final String DELETE = """
            DELETE FROM pin_code_absent WHERE user_id = ANY(ARRAY(
                SELECT user_id FROM pin_code_absent
                WHERE tried_at < now() - make_interval(secs => $1)
                ORDER BY tried_at LIMIT %d
                FOR UPDATE SKIP LOCKED))
            """.formatted(BITE);

    private final Pool pool;
    private final SecurityEventConfig config;

    AbsentPinRetention(Pool pool, SecurityEventConfig config) {
        this.pool = pool;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "4m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> deleteOldTries() {
        double seconds = config.retention().toSeconds();
        return pool.withConnection(
                        connection -> connection.preparedQuery(DELETE).execute(Tuple.of(seconds)))
                .map(SqlResult::rowCount)
                .repeat()
                .whilst(deleted -> deleted == BITE)
                .collect()
                .with(summingInt(Integer::intValue))
                .invoke(deleted -> LOG.infof("Retention took the wrong tries of %d users without a PIN", deleted))
                .replaceWithVoid();
    }
}
