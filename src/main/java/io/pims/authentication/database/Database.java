package io.pims.authentication.database;

import io.pims.authentication.http.ApiException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Where requests ask the database, within what is left of their {@link Patience}. What takes longer is answered 503 with
 * 2204 and goes on without being waited for, so that its session is closed in order and its connection never used again
 * half way; its SQL transaction is rolled back. It ends by the bounds that each connection has ({@code PrimaryPool}).
 */
@ApplicationScoped
public class Database {

    private static final Logger LOG = Logger.getLogger(Database.class);

    private final Pool pool;
    private final Vertx vertx;
    private final Patience patience;

    Database(Pool pool, Vertx vertx, Patience patience) {
        this.pool = pool;
        this.vertx = vertx;
        this.patience = patience;
    }

    /** Lets the work read within a session of Hibernate's. */
    public <T> Uni<T> withSession(Supplier<Uni<T>> work) {
        return inTime(given -> Panache.withSession(work));
    }

    /** Lets the work read and write within one SQL transaction. */
    public <T> Uni<T> withTransaction(Supplier<Uni<T>> work) {
        return inTime(givenUp -> Panache.withTransaction(() -> work.get().invoke(() -> {
            if (givenUp.get()) {
                throw away();
            }
        })));
    }

    /** Lets the work send statements over a connection of its own. */
    public <T> Uni<T> withConnection(Function<SqlConnection, Uni<T>> work) {
        return inTime(givenUp -> pool.withConnection(work));
    }

    /**
     * Lets the work take back what a request did that failed. It begins also if the time of the request is over, and is
     * waited for within that time only. Never fails: what the client is told is why the request failed.
     */
    public Uni<Void> takeBack(Supplier<Uni<Void>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context asker = vertx.getOrCreateContext();
            long timer = vertx.setTimer(rounded(patience.left()), over -> emitter.complete(null));
            Runnable done = () -> asker.runOnContext(answer -> {
                vertx.cancelTimer(timer);
                emitter.complete(null);
            });
            // Not on the request's own, where what was given up may still be under way.
            Context own = VertxContext.createNewDuplicatedContext(asker);
            VertxContextSafetyToggle.setContextSafe(own, true);
            own.runOnContext(begin -> withTransaction(work).subscribe().with(taken -> done.run(), failure -> {
                LOG.warnf("Nothing was taken back of a request that failed: %s", failure);
                done.run();
            }));
        });
    }

    private <T> Uni<T> inTime(Function<AtomicBoolean, Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Duration left = patience.left();
            if (left.isZero()) {
                emitter.fail(away());
            } else {
                begin(work, left, emitter);
            }
        });
    }

    private <T> void begin(Function<AtomicBoolean, Uni<T>> work, Duration left, UniEmitter<? super T> emitter) {
        AtomicBoolean givenUp = new AtomicBoolean();
        long timer = vertx.setTimer(rounded(left), over -> {
            givenUp.set(true);
            emitter.fail(away());
        });
        Uni.createFrom()
                .deferred(() -> work.apply(givenUp))
                .onTermination()
                .invoke(() -> vertx.cancelTimer(timer))
                .subscribe()
                .with(emitter::complete, emitter::fail);
    }

    /** Up, so that nothing of a request begins beside what of it was given up. */
    private static long rounded(Duration left) {
        return left.toMillis() + 1;
    }

    private static ApiException away() {
        return ApiException.databaseAway(new TimeoutException("longer than pims.database.patience"));
    }
}
