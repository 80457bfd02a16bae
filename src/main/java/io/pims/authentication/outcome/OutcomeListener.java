package io.pims.authentication.outcome;

import io.pims.authentication.database.ConnectionFailure;
import io.pims.authentication.database.Primary;
import io.pims.authentication.database.RareWarning;
import io.pims.authentication.readiness.PoolProbe;
import io.pims.authentication.readiness.SchemaReady;
import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.TransactionTable;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Hears by LISTEN which transactions other replicas made final. Its connection is outside of the pool: a request must not
 * borrow it, and the pool's trouble must not stop outcomes. Outcomes are missed while there is no connection, so after
 * each connect, and every few seconds, one query asks for all that have waiters.
 */
@ApplicationScoped
public class OutcomeListener {

    private static final Logger LOG = Logger.getLogger(OutcomeListener.class);

    /**
     * @param reconnect the pause between two connections
     * @param regularly how often the connection is pinged, and the database is queried
     * @param silence how long a connection may be silent before it is given up
     */
    record Pace(Duration reconnect, Duration regularly, Duration silence) {

        static final Pace USUAL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(5), PoolProbe.CONTACT);
    }

    private final Primary primary;
    private final Pool pool;
    private final Vertx vertx;
    private final OutcomeWaiters waiters;
    private final PoolProbe probe;
    private final RareWarning away;
    private final Pace pace;
    private final AtomicBoolean resyncing = new AtomicBoolean();
    private volatile Optional<ListenConnection> connection = Optional.empty();
    private volatile long timer;
    private volatile boolean stopped;

    @Inject
    public OutcomeListener(
            Primary primary, Pool pool, Vertx vertx, OutcomeWaiters waiters, PoolProbe probe, Clock clock) {
        this(primary, pool, vertx, waiters, probe, clock, Pace.USUAL);
    }

    OutcomeListener(
            Primary primary, Pool pool, Vertx vertx, OutcomeWaiters waiters, PoolProbe probe, Clock clock, Pace pace) {
        this.primary = primary;
        this.pool = pool;
        this.vertx = vertx;
        this.waiters = waiters;
        this.probe = probe;
        this.away = new RareWarning(LOG, clock);
        this.pace = pace;
    }

    void start(@Observes SchemaReady ready) {
        connect();
        timer = vertx.setPeriodic(pace.regularly().toMillis(), each -> {
            connection.ifPresent(ListenConnection::ping);
            resync();
        });
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(timer);
        connection.ifPresent(ListenConnection::close);
    }

    private void connect() {
        if (!stopped) {
            primary.find().onSuccess(this::open).onFailure(this::connectLater);
        }
    }

    private void open(PgConnectOptions server) {
        ListenConnection opening = new ListenConnection(vertx, server, pace.silence(), new ConnectionEvents());
        connection = Optional.of(opening);
        opening.open();
        if (stopped) {
            opening.close();
        }
    }

    /** The only way to a next connection. Each connection takes it once. */
    private void connectLater(Throwable failure) {
        if (!stopped) {
            away.log("Can't listen for outcomes (%s), trying again", ConnectionFailure.reason(failure));
            vertx.setTimer(pace.reconnect().toMillis(), each -> connect());
        }
    }

    private final class ConnectionEvents implements ListenConnection.Events {

        private final AtomicBoolean first = new AtomicBoolean(true);

        @Override
        public void answered() {
            probe.databaseAnswered();
            if (first.getAndSet(false)) {
                resync();
            }
        }

        @Override
        public void notified(String payload) {
            String[] words = payload.split(" ");
            Integer error = words.length > 2 ? Integer.valueOf(words[2]) : null;
            waiters.publish(Transaction.of(UUID.fromString(words[0]), words[1], error));
        }

        @Override
        public void ended(Throwable reason) {
            connection = Optional.empty();
            connectLater(reason);
        }
    }

    private void resync() {
        Set<UUID> awaited = waiters.awaited();
        if (awaited.isEmpty() || !resyncing.compareAndSet(false, true)) {
            return;
        }
        pool.withConnection(lent ->
                        lent.preparedQuery(TransactionTable.FIND_FINAL).execute(Tuple.of(awaited.toArray(UUID[]::new))))
                .onComplete(asked -> resyncing.set(false))
                .onSuccess(rows -> rows.forEach(row -> waiters.publish(
                        Transaction.of(row.getUUID("id"), row.getString("status"), row.getInteger("error_code")))));
    }
}
