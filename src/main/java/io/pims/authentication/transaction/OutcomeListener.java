package io.pims.authentication.transaction;

import io.pims.authentication.message.ErrorCode;
import io.pims.authentication.readiness.Ready;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Hears on one connection what other replicas finished. While it had no connection outcomes were missed, so after each
 * connect, and every few seconds as a net below, one query asks for all that is waited for; none if nothing is.
 */
@ApplicationScoped
public class OutcomeListener {

    private static final Logger LOG = Logger.getLogger(OutcomeListener.class);
    private static final long RECONNECT_MS = 1_000;
    private static final long RESYNC_MS = 5_000;
    private static final String FINAL_ONES =
            "SELECT id, status, error_code FROM sms_transaction WHERE id = ANY($1) AND status <> 'PENDING'";

    private final Pool pool;
    private final Vertx vertx;
    private final Outcomes outcomes;
    private final RareWarning away;
    private volatile PgConnection connection;
    private volatile long resyncTimer;
    private volatile boolean stopped;

    public OutcomeListener(Pool pool, Vertx vertx, Outcomes outcomes, Clock clock) {
        this.pool = pool;
        this.vertx = vertx;
        this.outcomes = outcomes;
        this.away = new RareWarning(LOG, clock);
    }

    void start(@Observes Ready ready) {
        connect();
        resyncTimer = vertx.setPeriodic(RESYNC_MS, timer -> resync());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(resyncTimer);
        if (connection != null) {
            connection.close();
        }
    }

    private void connect() {
        if (stopped) {
            return;
        }
        pool.getConnection()
                .map(PgConnection.class::cast)
                .compose(opened -> {
                    opened.notificationHandler(this::heard);
                    opened.exceptionHandler(this::lost);
                    opened.closeHandler(closed -> connectLater());
                    connection = opened;
                    return opened.query("LISTEN " + Outcomes.CHANNEL).execute();
                })
                .onSuccess(listening -> resync())
                .onFailure(failure -> {
                    lost(failure);
                    connectLater();
                });
    }

    private void lost(Throwable failure) {
        away.log(
                "Can't listen for outcomes (%s), trying again",
                failure.getClass().getSimpleName());
    }

    private void connectLater() {
        if (!stopped) {
            vertx.setTimer(RECONNECT_MS, timer -> connect());
        }
    }

    private void heard(PgNotification notification) {
        String[] words = notification.getPayload().split(" ");
        Integer error = words.length > 2 ? Integer.valueOf(words[2]) : null;
        publish(UUID.fromString(words[0]), words[1], error);
    }

    private void resync() {
        Set<UUID> awaited = outcomes.awaited();
        if (awaited.isEmpty()) {
            return;
        }
        pool.withConnection(lent -> lent.preparedQuery(FINAL_ONES).execute(Tuple.of(awaited.toArray(UUID[]::new))))
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
