package io.pims.authentication.readiness;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.pims.authentication.database.ConnectionFailure;
import io.pims.authentication.database.RareWarning;
import io.pims.authentication.readiness.MigrationConfig.Mode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Brings the schema up to date and waits for the pool to connect, beside the start: a database that comes up late
 * delays readiness and does not end the service. Flyway's lock lets one replica migrate while the others wait.
 */
@ApplicationScoped
public class Migration {

    private static final Logger LOG = Logger.getLogger(Migration.class);
    private static final long RETRY_SECONDS = 1;

    private final MigrationConfig config;
    private final Flyway flyway;
    private final AgroalDataSource dataSource;
    private final ScheduledExecutorService executor;
    private final PoolProbe probe;
    private final WarmUp warmUp;
    private final Readiness readiness;
    private final Event<SchemaReady> ready;
    private final RareWarning warning;
    private volatile boolean stopped;

    public Migration(
            MigrationConfig config,
            Flyway flyway,
            AgroalDataSource dataSource,
            ScheduledExecutorService executor,
            PoolProbe probe,
            WarmUp warmUp,
            Readiness readiness,
            Event<SchemaReady> ready,
            Clock clock) {
        this.config = config;
        this.flyway = flyway;
        this.dataSource = dataSource;
        this.executor = executor;
        this.probe = probe;
        this.warmUp = warmUp;
        this.readiness = readiness;
        this.ready = ready;
        this.warning = new RareWarning(LOG, clock);
    }

    /** Runs last: a service that its configuration ends must not have begun to migrate. */
    void start(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event) {
        executor.execute(this::prepare);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void prepare() {
        if (stopped) {
            return;
        }
        try {
            if (config.mode() != Mode.WAIT) {
                int applied = flyway.migrate().migrationsExecuted;
                LOG.infof("Schema is up to date, %d migrations applied", applied);
            } else if (!isUpToDate()) {
                return;
            }
            // The service itself talks to PostgreSQL without JDBC.
            dataSource.flush(FlushMode.ALL);
            if (config.mode() == Mode.ONLY) {
                Quarkus.asyncExit(0);
                return;
            }
            connect();
        } catch (RuntimeException failed) {
            retry(MigrationFailure.of(failed));
        }
    }

    /** A job ends for somebody to look at it. A replica goes on: the cause may be repaired while it tries. */
    private void retry(MigrationFailure failure) {
        if (!failure.isPassing() && config.mode() == Mode.ONLY) {
            LOG.errorf("The schema can't be brought up to date: %s", failure.reason());
            Quarkus.asyncExit(1);
            return;
        }
        warning.log(
                failure.isPassing()
                        ? "The schema is not up to date yet, trying again: %s"
                        : "The schema can't be used until somebody repairs it: %s",
                failure.reason());
        executor.schedule(this::prepare, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Waits for a connection of the pool. Flyway's connection often goes past the pooler that these go through, and a
     * replica whose pool can't connect must not take the place of one that can.
     */
    private void connect() {
        if (stopped) {
            return;
        }
        probe.connect().onSuccess(lent -> executor.execute(this::begin)).onFailure(failure -> {
            warning.log(
                    "The pool has no connection to PostgreSQL yet (%s), trying again",
                    ConnectionFailure.reason(failure));
            executor.schedule(this::connect, RETRY_SECONDS, TimeUnit.SECONDS);
        });
    }

    /** What others left is taken up before the rehearsal: it waits for nobody's request. */
    private void begin() {
        ready.fire(new SchemaReady());
        warmUp.before(readiness::ready);
    }

    /**
     * Returns false while migrations are pending. A schema that is newer passes: while a release is rolled out, a
     * replica of the one before may start again.
     */
    private boolean isUpToDate() {
        int pending = flyway.info().pending().length;
        if (pending > 0) {
            retry(MigrationFailure.pending(pending));
            return false;
        }
        flyway.validate();
        LOG.info("Schema is up to date");
        return true;
    }
}
