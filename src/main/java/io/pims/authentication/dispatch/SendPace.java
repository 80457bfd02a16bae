package io.pims.authentication.dispatch;

import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Keeps all replicas together below the calls in a second that a road's provider takes. A replica reserves calls in
 * PostgreSQL, up to a quarter of a second at a time, and makes them at an even pace. It reserves nothing while no call
 * waits. If it dies, its reservation is lost for a quarter of a second.
 */
final class SendPace implements SendSlots.Pace {

    private static final Logger LOG = Logger.getLogger(SendPace.class);
    private static final Duration LATER = Duration.ofMillis(500);
    private static final int GRANTS_A_SECOND = 4;

    /**
     * The row has the time of the next call by the road, by the database's clock; the answer is the delay until then. The
     * first call by a road makes its row.
     */
    static final String RESERVE = """
            INSERT INTO send_pace AS pace (road, next_at) VALUES ($2, clock_timestamp() + make_interval(secs => $1))
            ON CONFLICT (road) DO UPDATE
            SET next_at = greatest(pace.next_at, clock_timestamp()) + make_interval(secs => $1)
            RETURNING (extract(epoch FROM next_at - clock_timestamp()) - $1) * 1000 AS delay_ms
            """;

    private final Pool pool;
    private final Vertx vertx;
    private final String road;
    private final Optional<Integer> perSecond;
    private boolean asking;
    private Grant grant = Grant.NONE;

    /** @param perSecond calls in a second; empty for no bound */
    SendPace(Pool pool, Vertx vertx, String road, Optional<Integer> perSecond) {
        this.pool = pool;
        this.vertx = vertx;
        this.road = road;
        this.perSecond = perSecond;
    }

    @Override
    public synchronized boolean tryTake(int waiting, Runnable again) {
        if (perSecond.isEmpty()) {
            return true;
        }
        long now = System.nanoTime();
        if (grant.isDue(now)) {
            grant = grant.spend();
            return true;
        }
        if (!asking) {
            asking = true;
            if (grant.isLeft(now)) {
                vertx.setTimer(grant.untilDueMs(now), timer -> askAgain(again));
            } else {
                reserve(waiting, again);
            }
        }
        return false;
    }

    private void reserve(int waiting, Runnable again) {
        int calls = Math.min(waiting, Math.max(1, perSecond.orElseThrow() / GRANTS_A_SECOND));
        double seconds = calls / (double) perSecond.orElseThrow();
        pool.withConnection(connection -> connection.preparedQuery(RESERVE).execute(Tuple.of(seconds, road)))
                .subscribe()
                .with(
                        rows -> {
                            granted(calls, rows.iterator().next().getDouble("delay_ms"));
                            askAgain(again);
                        },
                        failure -> {
                            LOG.debugf(failure, "The provider's time can't be reserved");
                            vertx.setTimer(LATER.toMillis(), timer -> askAgain(again));
                        });
    }

    private synchronized void granted(int calls, double delayMs) {
        grant = new Grant(calls, System.nanoTime() + (long) (delayMs * 1e6), (long) (1e9 / perSecond.orElseThrow()));
    }

    private void askAgain(Runnable again) {
        synchronized (this) {
            asking = false;
        }
        again.run();
    }

    /**
     * Reserved calls. Times are nanoseconds, in the time base of {@link System#nanoTime}.
     *
     * @param calls how many are left
     * @param dueAt when the next one may be made
     * @param interval the time between two calls
     */
    record Grant(int calls, long dueAt, long interval) {

        static final Grant NONE = new Grant(0, 0, 0);

        /** True if calls are left and not overdue. They can't be saved up: the other replicas have gone on meanwhile. */
        boolean isLeft(long now) {
            return calls > 0
                    && now - dueAt <= Math.max(interval, Duration.ofMillis(100).toNanos());
        }

        boolean isDue(long now) {
            return isLeft(now) && now - dueAt >= 0;
        }

        long untilDueMs(long now) {
            return Math.max(1, (dueAt - now + 999_999) / 1_000_000);
        }

        Grant spend() {
            return new Grant(calls - 1, dueAt + interval, interval);
        }
    }
}
