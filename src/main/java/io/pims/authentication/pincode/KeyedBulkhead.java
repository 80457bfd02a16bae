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

    private final int concurrency;
    private final int maxWaitingPerKey;
    private final int maxWaiting;
    private final Map<String, Queue> queues = new HashMap<>();
    private int waiting;

    /**
     * @param maxWaitingPerKey how many of one name may wait
     * @param maxWaiting how many of all names may wait
     */
    KeyedBulkhead(int concurrency, int maxWaitingPerKey, int maxWaiting) {
        this.concurrency = concurrency;
        this.maxWaitingPerKey = maxWaitingPerKey;
        this.maxWaiting = maxWaiting;
    }

    private static final class Queue {

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
    <T> Uni<T> take(String key, Deadline deadline, Supplier<Uni<? extends T>> work) {
        return Uni.createFrom().emitter(emitter -> enter(new Attempt<T>(key, work, emitter, here()), deadline));
    }

    private static Executor here() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(run -> task.run());
    }

    private void enter(Attempt<?> attempt, Deadline deadline) {
        ApiException refusal = null;
        boolean begins = false;
        synchronized (this) {
            Queue queue = queues.computeIfAbsent(attempt.key, key -> new Queue());
            if (queue.running < concurrency) {
                queue.running++;
                begins = true;
            } else if (queue.waiting.size() >= maxWaitingPerKey) {
                refusal = ApiException.of(429, ErrorCode.TIMEOUT);
            } else if (waiting >= maxWaiting) {
                refusal = ApiException.of(503, ErrorCode.SERVER_ERROR);
            } else {
                queue.waiting.add(attempt);
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
            Queue queue = queues.get(attempt.key);
            if (queue == null || !queue.waiting.remove(attempt)) {
                return;
            }
            waiting--;
        }
        attempt.refuse(ApiException.of(503, ErrorCode.SERVER_ERROR));
    }

    /** The next one takes the place of one that has ended. */
    private void end(String key) {
        Attempt<?> next;
        synchronized (this) {
            Queue queue = queues.get(key);
            next = queue.waiting.poll();
            if (next != null) {
                waiting--;
            } else if (--queue.running == 0) {
                queues.remove(key);
            }
        }
        if (next != null) {
            next.expiry.cancel(false);
            next.begin();
        }
    }

    /** Those of whom an attempt is under way. */
    synchronized Set<String> keys() {
        return Set.copyOf(queues.keySet());
    }

    private final class Attempt<T> {

        private final String key;
        private final Supplier<Uni<? extends T>> work;
        private final UniEmitter<? super T> emitter;
        private final Executor context;
        private Future<?> expiry;

        private Attempt(String key, Supplier<Uni<? extends T>> work, UniEmitter<? super T> emitter, Executor context) {
            this.key = key;
            this.work = work;
            this.emitter = emitter;
            this.context = context;
        }

        private void begin() {
            Uni.createFrom()
                    .deferred(work)
                    .runSubscriptionOn(context)
                    .onTermination()
                    .invoke(() -> end(key))
                    .subscribe()
                    .with(emitter::complete, emitter::fail);
        }

        private void refuse(ApiException refusal) {
            context.execute(() -> emitter.fail(refusal.retryAfter(RETRY_AFTER)));
        }
    }
}
