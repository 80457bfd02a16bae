package io.pims.authentication.readiness;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Takes a connection from the pool now and then and gives it back at once, in the queue with all who want one. So a
 * pool that gives none is noticed also while no request comes, as to a replica that is not ready. The database is asked
 * for nothing by that, unless the pool has to connect.
 */
@ApplicationScoped
public class PoolProbe {

    /** The time after an answer for which the database counts as there. */
    public static final Duration CONTACT = Duration.ofSeconds(15);

    private static final Logger LOG = Logger.getLogger(PoolProbe.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Pool pool;
    private final Vertx vertx;
    private final ConnectionSupply connections;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicReference<ConnectionSupply.State> logged = new AtomicReference<>(ConnectionSupply.State.ENOUGH);
    private volatile long timer;

    public PoolProbe(Pool pool, Vertx vertx, ReadinessConfig config) {
        this.pool = pool;
        this.vertx = vertx;
        this.connections = new ConnectionSupply(config, CONTACT, System::nanoTime);
    }

    void start(@Observes SchemaReady ready) {
        timer = vertx.setPeriodic(PERIOD.toMillis(), each -> {
            probe();
            logChange();
        });
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /** Notes that the database answered on a connection beside the pool. */
    public void databaseAnswered() {
        connections.databaseAnswered();
    }

    /** Succeeds if the pool can give a connection. */
    Future<Void> connect() {
        return pool.getConnection().onSuccess(lent -> connections.lent()).compose(SqlConnection::close);
    }

    ConnectionSupply.State state() {
        return connections.state();
    }

    /** There is one probe at a time: the pool lets nobody wait for longer than {@code pims.database.patience}. */
    private void probe() {
        if (waiting.compareAndSet(false, true)) {
            connect().onComplete(done -> waiting.set(false));
        }
    }

    private void logChange() {
        ConnectionSupply.State state = connections.state();
        if (logged.getAndSet(state) == state) {
            return;
        }
        if (state == ConnectionSupply.State.ENOUGH) {
            LOG.info("Ready again: the pool gives connections");
        } else {
            LOG.warnf(
                    "Not ready: the pool has given no connection for %d s, %s",
                    connections.sinceLent().toSeconds(),
                    state == ConnectionSupply.State.EXHAUSTED
                            ? "though the database answers"
                            : "and the database does not answer");
        }
    }
}
