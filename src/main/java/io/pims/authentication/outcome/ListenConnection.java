package io.pims.authentication.outcome;

import io.pims.authentication.transaction.TransactionTable;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection that LISTENs, outside of the pool. Its end is reported once, whatever the reason. The subscriber of Vert.x
 * could reconnect by itself, but to the same server, which may be a standby by now.
 */
final class ListenConnection {

    private static final String CLOSED = "The connection was closed";

    private final PgSubscriber subscriber;
    private final Duration silence;
    private final Events events;
    private final AtomicBoolean over = new AtomicBoolean();

    interface Events {

        /** It LISTENs: the database answered. */
        void answered();

        void notified(String payload);

        /** It is closed. No more events follow. */
        void ended(Throwable reason);
    }

    /** @param silence how long the server may send nothing, though it is pinged */
    ListenConnection(Vertx vertx, PgConnectOptions server, Duration silence, Events events) {
        PgConnectOptions options = new PgConnectOptions(server);
        options.setReadIdleTimeout((int) silence.toMillis()).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        this.subscriber = PgSubscriber.subscriber(vertx, options);
        this.silence = silence;
        this.events = events;
    }

    void open() {
        subscriber.closeHandler(closed -> end(new IllegalStateException(CLOSED)));
        subscriber.channel(TransactionTable.CHANNEL).handler(events::notified);
        subscriber
                .connect()
                .onSuccess(listening -> {
                    if (over.get()) {
                        drop();
                    } else {
                        events.answered();
                    }
                })
                // TCP, TLS and the server may each take long, one after the other.
                .timeout(2 * silence.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(this::end);
    }

    /** Asks the server for an answer. */
    void ping() {
        PgConnection connection = subscriber.actualConnection();
        if (connection != null && !over.get()) {
            connection
                    .query("LISTEN " + TransactionTable.CHANNEL)
                    .execute()
                    .onSuccess(listening -> events.answered())
                    .onFailure(this::end);
        }
    }

    void close() {
        over.set(true);
        drop();
    }

    private void end(Throwable reason) {
        if (over.compareAndSet(false, true)) {
            drop();
            events.ended(reason);
        }
    }

    private void drop() {
        PgConnection connection = subscriber.actualConnection();
        if (connection != null) {
            connection.close();
        }
    }
}
