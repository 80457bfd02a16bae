package io.pims.authentication.pincode;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.transaction.Deadline;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs {@link PinHash} off the event loop, on a fixed number of threads with a bounded queue. Work fails with
 * {@link ApiException} 503, 2204 at once if the queue is full, and at its deadline if it has not begun. Else its outcome
 * arrives on the caller's Vert.x context, if there is one. Waiting work is dropped when its caller gives up.
 * {@link AttemptQueue} lets each user have one hash at a time, so the queue serves one user after the other.
 */
@ApplicationScoped
public class PinHashing {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** A full queue of the default length takes less on two processors. */
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private final PinHash hash;
    private final ThreadPoolExecutor workers;

    public PinHashing(PinHash hash, PinCodeConfig config) {
        this.hash = hash;
        int size = workers(config);
        BlockingQueue<Runnable> queue =
                config.hashQueue() == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(config.hashQueue());
        workers = new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, queue, threads());
    }

    /** Returns the number of hashes that are computed at a time. */
    static int workers(PinCodeConfig config) {
        return config.hashWorkers().orElseGet(Runtime.getRuntime()::availableProcessors);
    }

    /** See {@link PinHash#hash}. */
    public Uni<HashedPin> hash(String pin, Deadline deadline) {
        return run(() -> hash.hash(pin), deadline);
    }

    /** See {@link PinHash#verify}. */
    public Uni<Boolean> verify(String pin, HashedPin stored, Deadline deadline) {
        return run(() -> hash.verify(pin, stored), deadline);
    }

    <T> Uni<T> run(Supplier<T> work, Deadline deadline) {
        return Uni.createFrom().deferred(() -> {
            Uni<T> outcome = Uni.createFrom()
                    .emitter(emitter -> take(new Task<>(work, emitter, new CompletableFuture<>()), deadline));
            Context context = Vertx.currentContext();
            return context == null ? outcome : outcome.emitOn(task -> context.runOnContext(run -> task.run()));
        });
    }

    private void take(Task<?> task, Deadline deadline) {
        task.begins.thenAccept(begun -> {
            if (!begun) {
                workers.remove(task);
                task.emitter.fail(ApiException.of(503, ErrorCode.SERVER_ERROR).retryAfter(RETRY_AFTER));
            }
        });
        task.emitter.onTermination(() -> task.begins.complete(false));
        if (deadline.isOver()) {
            task.begins.complete(false);
            return;
        }
        try {
            workers.execute(task);
            task.begins.completeOnTimeout(false, deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException full) {
            task.begins.complete(false);
        }
    }

    /** Gives waiting work some time to end, then refuses it. */
    @PreDestroy
    void close() throws InterruptedException {
        workers.shutdown();
        workers.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
        workers.shutdownNow().forEach(task -> ((Task<?>) task).begins.complete(false));
    }

    private static ThreadFactory threads() {
        var count = new AtomicInteger();
        return task -> new Thread(task, "pin-hash-" + count.incrementAndGet());
    }

    /** @param begins completes with true when a worker begins, with false if none ever will */
    private record Task<T>(Supplier<T> work, UniEmitter<? super T> emitter, CompletableFuture<Boolean> begins)
            implements Runnable {

        @Override
        public void run() {
            if (begins.complete(true)) {
                try {
                    emitter.complete(work.get());
                } catch (Throwable failure) {
                    emitter.fail(failure);
                }
            }
        }
    }
}
