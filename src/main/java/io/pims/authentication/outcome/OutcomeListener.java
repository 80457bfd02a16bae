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
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Hears what other replicas finished, on a connection beside the pool: one that can't LISTEN must not be lent to requests,
 * and the pool's trouble must not keep outcomes away. While it had no connection outcomes were missed, so after each
 * connect, and every few seconds as a net below, one query asks for all that is waited for; none if nothing is.
 */
@ApplicationScoped
public class OutcomeListener {

    private static final Logger LOG = Logger.getLogger(OutcomeListener.class);

    /**
     * @param reconnect from the end of a connection to the next one
     * @param regularly how often the connection is asked whether it is there, and the net is drawn
     * @param silence after which a connection is given up
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
    private volatile ListenConnection connection;
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
            checkConnection();
            resync();
        });
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(timer);
        closeConnection();
    }

    private void connect() {
        if (!stopped) {
            primary.find().onSuccess(this::open).onFailure(this::connectLater);
        }
    }

    private void open(PgConnectOptions server) {
        ListenConnection opening = new ListenConnection(vertx, server, pace.silence(), new ConnectionEvents());
        connection = opening;
        opening.open();
        if (stopped) {
            closeConnection();
        }
    }

    /** The only way to another connection, and gone by each only once. */
    private void connectLater(Throwable failure) {
        if (!stopped) {
            away.log("Can't listen for outcomes (%s), trying again", ConnectionFailure.reason(failure));
            vertx.setTimer(pace.reconnect().toMillis(), each -> connect());
        }
    }

    private void checkConnection() {
        ListenConnection current = connection;
        if (current != null) {
            current.ping();
        }
    }

    private void closeConnection() {
        ListenConnection current = connection;
        if (current != null) {
            current.close();
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
            publish(UUID.fromString(words[0]), words[1], error);
        }

        @Override
        public void ended(Throwable reason) {
            connection = null;
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
                .onSuccess(rows -> {
                    for (Row row : rows) {
                        publish(row.getUUID("id"), row.getString("status"), row.getInteger("error_code"));
                    }
                });
    }

    private void publish(UUID id, String status, Integer error) {
        waiters.publish(Transaction.of(id, status, error));
    }
}
