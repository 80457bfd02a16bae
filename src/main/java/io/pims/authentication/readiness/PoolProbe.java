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
 * Takes a connection from the pool now and then and gives it back at once, in the queue with all who want one. So it is
 * known that there are none also while no request comes, as to a replica that is not ready. The database is not asked for
 * anything by that, unless the pool has to connect.
 */
@ApplicationScoped
public class PoolProbe {

    /** For so long an answer of the database says that it is there. */
    public static final Duration CONTACT = Duration.ofSeconds(15);

    private static final Logger LOG = Logger.getLogger(PoolProbe.class);
    private static final Duration REGULARLY = Duration.ofSeconds(2);

    private final Pool pool;
    private final Vertx vertx;
    private final ConnectionSupply supply;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicReference<ConnectionSupply.State> told = new AtomicReference<>(ConnectionSupply.State.ENOUGH);
    private volatile long timer;

    public PoolProbe(Pool pool, Vertx vertx, ReadinessConfig config) {
        this.pool = pool;
        this.vertx = vertx;
        this.supply = new ConnectionSupply(config, CONTACT, System::nanoTime);
    }

    void start(@Observes SchemaReady ready) {
        timer = vertx.setPeriodic(REGULARLY.toMillis(), each -> {
            look();
            tell();
        });
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /** The database answered on a connection that is none of the pool's. */
    public void databaseAnswered() {
        supply.databaseAnswered();
    }

    /** Succeeds if the pool can give a connection. */
    Future<Void> first() {
        return pool.getConnection().onSuccess(lent -> supply.lent()).compose(SqlConnection::close);
    }

    ConnectionSupply.State state() {
        return supply.state();
    }

    /** One at a time: the pool lets nobody wait for longer than {@code pims.database.patience}. */
    private void look() {
        if (waiting.compareAndSet(false, true)) {
            first().onComplete(asked -> waiting.set(false));
        }
    }

    private void tell() {
        ConnectionSupply.State state = supply.state();
        if (told.getAndSet(state) == state) {
            return;
        }
        switch (state) {
            case ENOUGH -> LOG.info("Ready again: the pool gives connections");
            case EXHAUSTED ->
                LOG.warnf(
                        "Not ready: the pool has given no connection for %d s, though the database answers",
                        supply.sinceLent().toSeconds());
            case CUT_OFF ->
                LOG.warnf(
                        "Not ready: the pool has given no connection for %d s, and the database does not answer",
                        supply.sinceLent().toSeconds());
        }
    }
}
