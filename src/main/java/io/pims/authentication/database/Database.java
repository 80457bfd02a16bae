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
 * The way of requests to the database, within the rest of their {@link Patience}. Work that takes longer is answered
 * 503 with 2204. It goes on without being waited for, so that its session is closed in order and its connection is
 * never used again half way; its SQL transaction is rolled back. It ends by the bounds that each connection has
 * ({@code PrimaryPool}).
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

    /** Runs work that reads, within a session of Hibernate. */
    public <T> Uni<T> withSession(Supplier<Uni<T>> work) {
        return inTime(givenUp -> Panache.withSession(work));
    }

    /** Runs work that reads and writes, within one SQL transaction. */
    public <T> Uni<T> withTransaction(Supplier<Uni<T>> work) {
        return inTime(givenUp -> Panache.withTransaction(() -> work.get().invoke(() -> {
            if (givenUp.get()) {
                throw away();
            }
        })));
    }

    /** Runs work that sends statements, over a connection of its own. */
    public <T> Uni<T> withConnection(Function<SqlConnection, Uni<T>> work) {
        return inTime(givenUp -> pool.withConnection(work));
    }

    /**
     * Runs work that sends statements, within one SQL transaction over a connection of its own. Outside of a request too:
     * then it has the whole patience.
     */
    public <T> Uni<T> withSqlTransaction(Function<SqlConnection, Uni<T>> work) {
        return inTime(givenUp ->
                pool.withTransaction(connection -> work.apply(connection).invoke(() -> {
                    if (givenUp.get()) {
                        throw away();
                    }
                })));
    }

    /**
     * Runs work that takes back the effects of a failed request. It begins also if the time of the request is over, and
     * is waited for within that time only. Never fails: the client is told why the request failed.
     */
    public Uni<Void> takeBack(Supplier<Uni<Void>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context request = vertx.getOrCreateContext();
            long timer = vertx.setTimer(rounded(patience.left()), over -> emitter.complete(null));
            Runnable done = () -> request.runOnContext(answer -> {
                vertx.cancelTimer(timer);
                emitter.complete(null);
            });
            // Not on the request's own context, where work that was given up may still be under way.
            Context own = VertxContext.createNewDuplicatedContext(request);
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

    /**
     * Rounds up to milliseconds, so that no work of a request begins beside work of it that is about to be given up.
     */
    private static long rounded(Duration left) {
        return left.toMillis() + 1;
    }

    private static ApiException away() {
        return ApiException.databaseAway(new TimeoutException("longer than pims.database.patience"));
    }
}
