package io.pims.authentication.facade;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A call that ends once: by its message, or cancelled. Whoever ends it first decides. */
final class PendingCall implements Call {

    private final CompletableFuture<Map<String, Object>> outcome = new CompletableFuture<>();
    private final Callback callback;
    private final Executor callbacks;
    private final Executor ownThread;
    /** Completed when the application has heard what it was told before: its executor may have many threads. */
    private CompletableFuture<Void> heard = CompletableFuture.completedFuture(null);

    private volatile Runnable stopping;
    private volatile boolean stopped;

    /**
     * A call under way.
     *
     * @param callbacks where the callback runs
     * @param ownThread where it runs if those take no more
     */
    PendingCall(Callback callback, Executor callbacks, Executor ownThread) {
        this.callback = callback;
        this.callbacks = callbacks;
        this.ownThread = ownThread;
        outcome.thenAccept(message -> heard().thenRun(() -> tell(() -> callback.answer(message))));
    }

    private void tell(Runnable news) {
        Runnable guarded = () -> guarded(news);
        try {
            callbacks.execute(guarded);
        } catch (RuntimeException refused) {
            ownThread.execute(guarded);
        }
    }

    /** Throws nothing: the executor would seem to have refused, and the callback be called again. */
    private static void guarded(Runnable news) {
        try {
            news.run();
        } catch (Throwable thrown) {
            Threads.report(thrown);
        }
    }

    private synchronized CompletableFuture<Void> heard() {
        return heard;
    }

    /** Tells that the service has accepted, and has not done it yet. */
    void pending(String transactionId) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        synchronized (this) {
            if (outcome.isDone()) {
                return;
            }
            heard = told;
        }
        tell(() -> {
            try {
                if (!outcome.isCompletedExceptionally()) {
                    callback.pending(transactionId);
                }
            } finally {
                told.complete(null);
            }
        });
    }

    /** Whichever way. */
    boolean hasEnded() {
        return outcome.isDone();
    }

    /** What is to be done when it has ended, whichever way. */
    void afterwards(Runnable action) {
        outcome.whenComplete((message, cancelled) -> action.run());
    }

    /** What is to be done if it ends from outside. */
    void stoppedBy(Runnable action) {
        stopping = action;
        if (stopped) {
            action.run();
        }
    }

    /** Ends it from inside. */
    void end(Map<String, Object> message) {
        outcome.complete(message);
    }

    /** Ends it from outside, and stops the work on it. */
    void stop(Map<String, Object> message) {
        if (outcome.complete(message)) {
            stop();
        }
    }

    @Override
    public boolean cancel() {
        boolean first = outcome.completeExceptionally(new CancellationException());
        if (first) {
            stop();
        }
        return first;
    }

    private void stop() {
        stopped = true;
        Runnable known = stopping;
        if (known != null) {
            known.run();
        }
    }
}
