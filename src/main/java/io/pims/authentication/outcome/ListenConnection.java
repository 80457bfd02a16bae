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
 * One connection that LISTENs, beside the pool: from the attempt to open it to its end, which is told once and whatever
 * the reason. The subscriber of Vert.x could connect again by itself, but to the same server, which may be a standby now.
 */
final class ListenConnection {

    private static final String CLOSED = "The connection was closed";

    private final PgSubscriber subscriber;
    private final Duration silence;
    private final Events events;
    private final AtomicBoolean over = new AtomicBoolean();

    /** What a subscription tells. */
    interface Events {

        /** It LISTENs, or still does: the database answers. */
        void answered();

        void notified(String payload);

        /** It is closed and tells no more. */
        void ended(Throwable reason);
    }

    /** @param silence how long nothing may come from the server, though it is asked now and then */
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
                // Also where TCP, TLS and the server take their time one after the other.
                .timeout(2 * silence.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(this::end);
    }

    /** Asks whether it is still there. */
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
