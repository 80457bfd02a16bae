package io.pims.authentication.outcome;

import io.pims.authentication.database.ConnectionFailure;
import io.pims.authentication.database.Primary;
import io.pims.authentication.database.RareWarning;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.readiness.PoolProbe;
import io.pims.authentication.readiness.SchemaReady;
import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.TransactionStatus;
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
    private static final String FINAL_ONES =
            "SELECT id, status, error_code FROM sms_transaction WHERE id = ANY($1) AND status <> 'PENDING'";

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
    private final OutcomeWaiters outcomes;
    private final PoolProbe watch;
    private final RareWarning away;
    private final Pace pace;
    private final AtomicBoolean resyncing = new AtomicBoolean();
    private volatile ListenConnection subscription;
    private volatile long timer;
    private volatile boolean stopped;

    @Inject
    public OutcomeListener(
            Primary primary, Pool pool, Vertx vertx, OutcomeWaiters outcomes, PoolProbe watch, Clock clock) {
        this(primary, pool, vertx, outcomes, watch, clock, Pace.USUAL);
    }

    OutcomeListener(
            Primary primary, Pool pool, Vertx vertx, OutcomeWaiters outcomes, PoolProbe watch, Clock clock, Pace pace) {
        this.primary = primary;
        this.pool = pool;
        this.vertx = vertx;
        this.outcomes = outcomes;
        this.watch = watch;
        this.away = new RareWarning(LOG, clock);
        this.pace = pace;
    }

    void start(@Observes SchemaReady ready) {
        connect();
        timer = vertx.setPeriodic(pace.regularly().toMillis(), each -> {
            askWhetherItIsThere();
            resync();
        });
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(timer);
        closeSubscription();
    }

    private void connect() {
        if (!stopped) {
            primary.find().onSuccess(this::open).onFailure(this::connectLater);
        }
    }

    private void open(PgConnectOptions server) {
        ListenConnection opening = new ListenConnection(vertx, server, pace.silence(), new Told());
        subscription = opening;
        opening.open();
        if (stopped) {
            closeSubscription();
        }
    }

    /** The only way to another connection, and gone by each only once. */
    private void connectLater(Throwable failure) {
        if (!stopped) {
            away.log("Can't listen for outcomes (%s), trying again", ConnectionFailure.reason(failure));
            vertx.setTimer(pace.reconnect().toMillis(), each -> connect());
        }
    }

    private void askWhetherItIsThere() {
        ListenConnection current = subscription;
        if (current != null) {
            current.ask();
        }
    }

    private void closeSubscription() {
        ListenConnection current = subscription;
        if (current != null) {
            current.close();
        }
    }

    private final class Told implements ListenConnection.Events {

        private final AtomicBoolean first = new AtomicBoolean(true);

        @Override
        public void answered() {
            watch.databaseAnswered();
            if (first.getAndSet(false)) {
                resync();
            }
        }

        @Override
        public void heard(String payload) {
            String[] words = payload.split(" ");
            Integer error = words.length > 2 ? Integer.valueOf(words[2]) : null;
            publish(UUID.fromString(words[0]), words[1], error);
        }

        @Override
        public void ended(Throwable reason) {
            subscription = null;
            connectLater(reason);
        }
    }

    private void resync() {
        Set<UUID> awaited = outcomes.awaited();
        if (awaited.isEmpty() || !resyncing.compareAndSet(false, true)) {
            return;
        }
        pool.withConnection(lent -> lent.preparedQuery(FINAL_ONES).execute(Tuple.of(awaited.toArray(UUID[]::new))))
                .onComplete(asked -> resyncing.set(false))
                .onSuccess(rows -> {
                    for (Row row : rows) {
                        publish(row.getUUID("id"), row.getString("status"), row.getInteger("error_code"));
                    }
                });
    }

    private void publish(UUID id, String status, Integer error) {
        outcomes.publish(
                new Transaction(id, TransactionStatus.valueOf(status), error == null ? null : ErrorCode.of(error)));
    }
}
