package io.pims.authentication.database;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.pims.authentication.tracing.Spans;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs items in batches: those that arrive while a batch is under way share the next one, first come, first served. No
 * item waits for company: while a lane is free, all that are there go at once. This saves round trips and commits,
 * which make up most of the cost of a small SQL transaction.
 *
 * @param <T> an item
 * @param <R> its outcome
 */
public final class Coalescer<T, R> {

    private final BlockingQueue<Entry<T, R>> waiting;
    private final Semaphore lanes;
    private final int batchSize;
    private final Duration patience;
    private final Duration longest;
    private final Duration latest;
    private final Executor executor;
    private final Function<List<T>, Uni<List<R>>> work;

    /**
     * @param request the trace that it is part of
     * @param since {@link System#nanoTime} of its arrival
     */
    private record Entry<T, R>(T item, CompletableFuture<R> outcome, Context request, long since) {}

    /**
     * @param lanes batches under way at a time
     * @param batchSize items in one batch, at most
     * @param queue items that may wait; more are refused
     * @param patience while the first item of the queue has waited for longer, new ones are refused: they would wait
     *     for as long, and it is better to know that at once
     * @param longest a batch that takes longer frees its lane, as a connection may hang for a quarter of an hour
     * @param latest a batch that takes longer fails
     * @param executor on which a batch begins
     * @param work returns each item's outcome, in the order of the items; fails if the batch fails as a whole
     */
    public Coalescer(
            int lanes,
            int batchSize,
            int queue,
            Duration patience,
            Duration longest,
            Duration latest,
            Executor executor,
            Function<List<T>, Uni<List<R>>> work) {
        this.waiting = new ArrayBlockingQueue<>(queue);
        this.lanes = new Semaphore(lanes);
        this.batchSize = batchSize;
        this.patience = patience;
        this.longest = longest;
        this.latest = latest;
        this.executor = executor;
        this.work = work;
    }

    /** Returns an executor that begins each task on a new context: that of a request may end before the batch. */
    public static Executor onFreshContexts(Vertx vertx) {
        return task -> VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext())
                .runOnContext(start -> task.run());
    }

    /**
     * Returns the outcome, on the batch's thread. Fails with {@link RejectedExecutionException} if too many items wait
     * already, or the first of them for too long, and with {@link java.util.concurrent.TimeoutException} if the batch
     * takes too long. It is a future because a Uni would capture the caller's context at each step of a hot path.
     */
    public CompletableFuture<R> submit(T item) {
        CompletableFuture<R> outcome = new CompletableFuture<>();
        if (!isSlow() && waiting.offer(new Entry<>(item, outcome, Context.current(), System.nanoTime()))) {
            next();
        } else {
            outcome.completeExceptionally(new RejectedExecutionException("Too many requests wait for the database"));
        }
        return outcome;
    }

    private boolean isSlow() {
        Entry<T, R> first = waiting.peek();
        return first != null && System.nanoTime() - first.since > patience.toNanos();
    }

    private void next() {
        while (!waiting.isEmpty() && lanes.tryAcquire()) {
            List<Entry<T, R>> batch = new ArrayList<>(batchSize);
            if (waiting.drainTo(batch, batchSize) > 0) {
                executor.execute(() -> run(batch));
            } else {
                lanes.release();
            }
        }
    }

    private void run(List<Entry<T, R>> batch) {
        Span span = Spans.shared(batch.stream().map(Entry::request).toList(), "batch");
        Spans.enter(span);
        // Not cancelled when it takes too long: its connection must not be used again half way.
        // An emitter fails too if the Uni throws as it begins, which would keep the lane for ever.
        CompletableFuture<List<R>> done = Uni.createFrom()
                .<List<R>>emitter(
                        emitter -> work.apply(batch.stream().map(Entry::item).toList())
                                .subscribe()
                                .with(emitter::complete, emitter::fail))
                .subscribeAsCompletionStage();
        done.whenComplete((outcomes, failure) -> {
            span.end();
            for (int index = 0; index < batch.size(); index++) {
                if (failure == null) {
                    batch.get(index).outcome.complete(outcomes.get(index));
                } else {
                    batch.get(index).outcome.completeExceptionally(failure);
                }
            }
        });
        done.copy().orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS).whenComplete((outcomes, failure) -> {
            lanes.release();
            next();
        });
        done.orTimeout(latest.toMillis(), TimeUnit.MILLISECONDS);
    }
}
