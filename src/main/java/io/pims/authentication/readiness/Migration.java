package io.pims.authentication.readiness;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jboss.logging.Logger;

/**
 * Brings the schema up to date beside the start, so that a database that comes up late delays the service's readiness
 * and not its life. Flyway's lock lets one replica migrate while the others wait.
 */
@ApplicationScoped
public class Migration {

    private static final Logger LOG = Logger.getLogger(Migration.class);
    private static final long RETRY_SECONDS = 1;

    private final Flyway flyway;
    private final AgroalDataSource dataSource;
    private final ScheduledExecutorService executor;
    private final Readiness readiness;
    private final Event<Ready> ready;
    private volatile boolean stopped;

    public Migration(
            Flyway flyway,
            AgroalDataSource dataSource,
            ScheduledExecutorService executor,
            Readiness readiness,
            Event<Ready> ready) {
        this.flyway = flyway;
        this.dataSource = dataSource;
        this.executor = executor;
        this.readiness = readiness;
        this.ready = ready;
    }

    /** Last of all: a service that ends at once, over its configuration, must not have begun to migrate. */
    void start(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event) {
        executor.execute(this::migrate);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void migrate() {
        if (stopped) {
            return;
        }
        try {
            int applied = flyway.migrate().migrationsExecuted;
            LOG.infof("Schema is up to date, %d migrations applied", applied);
            // The service itself talks to PostgreSQL without JDBC.
            dataSource.flush(FlushMode.ALL);
            ready.fire(new Ready());
            readiness.ready();
        } catch (FlywayValidateException differs) {
            LOG.error("The schema was migrated by another build of the service; not starting to use it", differs);
        } catch (RuntimeException away) {
            LOG.warnf(
                    "Can't migrate yet (%s), trying again",
                    away.getMessage().lines().findFirst().orElse(""));
            executor.schedule(this::migrate, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }
}
