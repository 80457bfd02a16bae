package io.pims.authentication.pincode;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.transaction.Deadline;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets so many attempts of each name go on at a time. Others of that name wait in the order in which they came, and keep
 * nobody of another name waiting.
 */
final class KeyedBulkhead {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int atATime;
    private final int longestLine;
    private final int mostWaiting;
    private final Map<String, Line> lines = new HashMap<>();
    private int waiting;

    /**
     * @param longestLine how many of one name may wait
     * @param mostWaiting how many of all names may wait
     */
    KeyedBulkhead(int atATime, int longestLine, int mostWaiting) {
        this.atATime = atATime;
        this.longestLine = longestLine;
        this.mostWaiting = mostWaiting;
    }

    private static final class Line {

        private int running;
        private final Deque<Attempt<?>> waiting = new ArrayDeque<>();
    }

    /**
     * Makes an attempt when it is its turn, on the Vert.x context that it was asked from, if there is one. Once begun it is
     * gone through with, also where the client has gone: what was counted is to be compared or taken back.
     *
     * @return fails with {@link ApiException}: 429, 2201 if as many of the name wait as may; 503, 2204 if as many of all
     *     names do, or if the turn has not come before the deadline
     */
    <T> Uni<T> take(String name, Deadline deadline, Supplier<Uni<? extends T>> work) {
        return Uni.createFrom().emitter(emitter -> enter(new Attempt<T>(name, work, emitter, here()), deadline));
    }

    private static Executor here() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(run -> task.run());
    }

    private void enter(Attempt<?> attempt, Deadline deadline) {
        ApiException refusal = null;
        boolean begins = false;
        synchronized (this) {
            Line line = lines.computeIfAbsent(attempt.name, name -> new Line());
            if (line.running < atATime) {
                line.running++;
                begins = true;
            } else if (line.waiting.size() >= longestLine) {
                refusal = ApiException.of(429, ErrorCode.TIMEOUT);
            } else if (waiting >= mostWaiting) {
                refusal = ApiException.of(503, ErrorCode.SERVER_ERROR);
            } else {
                line.waiting.add(attempt);
                waiting++;
                attempt.expiry = Infrastructure.getDefaultWorkerPool()
                        .schedule(
                                () -> expire(attempt),
                                Math.max(0, deadline.left().toNanos()),
                                TimeUnit.NANOSECONDS);
            }
        }
        if (begins) {
            attempt.begin();
        } else if (refusal != null) {
            attempt.refuse(refusal);
        }
    }

    private void expire(Attempt<?> attempt) {
        synchronized (this) {
            Line line = lines.get(attempt.name);
            if (line == null || !line.waiting.remove(attempt)) {
                return;
            }
            waiting--;
        }
        attempt.refuse(ApiException.of(503, ErrorCode.SERVER_ERROR));
    }

    /** The next one takes the place of one that has ended. */
    private void end(String name) {
        Attempt<?> next;
        synchronized (this) {
            Line line = lines.get(name);
            next = line.waiting.poll();
            if (next != null) {
                waiting--;
            } else if (--line.running == 0) {
                lines.remove(name);
            }
        }
        if (next != null) {
            next.expiry.cancel(false);
            next.begin();
        }
    }

    /** Those of whom an attempt is under way. */
    synchronized Set<String> names() {
        return Set.copyOf(lines.keySet());
    }

    private final class Attempt<T> {

        private final String name;
        private final Supplier<Uni<? extends T>> work;
        private final UniEmitter<? super T> emitter;
        private final Executor context;
        private Future<?> expiry;

        private Attempt(String name, Supplier<Uni<? extends T>> work, UniEmitter<? super T> emitter, Executor context) {
            this.name = name;
            this.work = work;
            this.emitter = emitter;
            this.context = context;
        }

        private void begin() {
            Uni.createFrom()
                    .deferred(work)
                    .runSubscriptionOn(context)
                    .onTermination()
                    .invoke(() -> end(name))
                    .subscribe()
                    .with(emitter::complete, emitter::fail);
        }

        private void refuse(ApiException refusal) {
            context.execute(() -> emitter.fail(refusal.retryAfter(RETRY_AFTER)));
        }
    }
}
