package io.pims.authentication.pincode;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.transaction.Deadline;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many attempts of each key go on at a time. Others of that key wait in the order of their arrival, and keep
 * nobody of another key waiting.
 */
final class KeyedBulkhead {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int concurrency;
    private final int maxWaitingPerKey;
    private final int maxWaiting;
    private final Map<String, Queue> queues = new HashMap<>();
    private int waiting;

    /**
     * @param concurrency attempts of one key that go on at a time
     * @param maxWaitingPerKey attempts of one key that may wait
     * @param maxWaiting attempts of all keys that may wait
     */
    KeyedBulkhead(int concurrency, int maxWaitingPerKey, int maxWaiting) {
        this.concurrency = concurrency;
        this.maxWaitingPerKey = maxWaitingPerKey;
        this.maxWaiting = maxWaiting;
    }

    private static final class Queue {

        private int running;
        /** Each completes with null when its attempt may begin, and with the refusal if it never will. */
        private final Deque<CompletableFuture<ApiException>> waiting = new ArrayDeque<>();
    }

    /**
     * Makes an attempt when it is its turn, on the caller's Vert.x context, if there is one. An attempt that has begun goes
     * on also where the client has gone: what it counted has to be compared or taken back.
     *
     * @return fails with {@link ApiException}: 429, 2201 if too many of the key wait; 503, 2204 if too many of all keys
     *     wait, or if the turn has not come before the deadline
     */
    <T> Uni<T> take(String key, Deadline deadline, Supplier<Uni<? extends T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Uni<? extends T> attempt =
                    Uni.createFrom().deferred(work).onTermination().invoke(() -> leave(key));
            enter(key, deadline)
                    .thenApply(refusal ->
                            refusal == null ? attempt : Uni.createFrom().<T>failure(refusal))
                    .thenAcceptAsync(
                            outcome -> outcome.subscribe().with(emitter::complete, emitter::fail), callersContext());
        });
    }

    private static Executor callersContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(run -> task.run());
    }

    private synchronized CompletableFuture<ApiException> enter(String key, Deadline deadline) {
        Queue queue = queues.computeIfAbsent(key, none -> new Queue());
        if (queue.running < concurrency) {
            queue.running++;
            return CompletableFuture.completedFuture(null);
        }
        if (queue.waiting.size() >= maxWaitingPerKey) {
            return CompletableFuture.completedFuture(refusal(429, ErrorCode.TIMEOUT));
        }
        ApiException tooLate = refusal(503, ErrorCode.SERVER_ERROR);
        if (waiting >= maxWaiting) {
            return CompletableFuture.completedFuture(tooLate);
        }
        CompletableFuture<ApiException> turn = new CompletableFuture<>();
        queue.waiting.add(turn);
        waiting++;
        ScheduledFuture<?> timeout = Infrastructure.getDefaultWorkerPool()
                .schedule(
                        () -> turn.complete(tooLate),
                        Math.max(0, deadline.left().toNanos()),
                        TimeUnit.NANOSECONDS);
        return turn.whenComplete((refusal, none) -> {
            timeout.cancel(false);
            if (refusal != null) {
                giveUp(queue, turn);
            }
        });
    }

    private static ApiException refusal(int status, ErrorCode code) {
        return ApiException.of(status, code).retryAfter(RETRY_AFTER);
    }

    private synchronized void giveUp(Queue queue, CompletableFuture<ApiException> turn) {
        if (queue.waiting.remove(turn)) {
            waiting--;
        }
    }

    /** Gives the place of an attempt that has ended to the next one whose time is not over. */
    private void leave(String key) {
        CompletableFuture<ApiException> next;
        do {
            next = next(key);
        } while (next != null && !next.complete(null));
    }

    private synchronized CompletableFuture<ApiException> next(String key) {
        Queue queue = queues.get(key);
        CompletableFuture<ApiException> next = queue.waiting.poll();
        if (next != null) {
            waiting--;
        } else if (--queue.running == 0) {
            queues.remove(key);
        }
        return next;
    }

    /** Returns the keys that an attempt is under way for. */
    synchronized Set<String> keys() {
        return Set.copyOf(queues.keySet());
    }
}
