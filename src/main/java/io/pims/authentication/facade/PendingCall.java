package io.pims.authentication.facade;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/** A call that ends once: by its message, or cancelled. Whoever ends it first decides. */
final class PendingCall implements Call {

    private final CompletableFuture<Map<String, Object>> outcome = new CompletableFuture<>();
    private volatile Future<?> work;
    private volatile boolean stopped;

    /**
     * A call under way.
     *
     * @param callbacks where the callback runs
     * @param ownThread where it runs if those take no more
     */
    PendingCall(Callback callback, Executor callbacks, Executor ownThread) {
        outcome.thenAccept(message -> {
            try {
                callbacks.execute(() -> tell(callback, message));
            } catch (RuntimeException refused) {
                ownThread.execute(() -> tell(callback, message));
            }
        });
    }

    /** Throws nothing: the executor would seem to have refused, and the callback be called again. */
    private static void tell(Callback callback, Map<String, Object> message) {
        try {
            callback.answer(message);
        } catch (Throwable thrown) {
            Threads.report(thrown);
        }
    }

    /** What is to be done when it has ended, whichever way. */
    void afterwards(Runnable action) {
        outcome.whenComplete((message, cancelled) -> action.run());
    }

    /** What is to be interrupted if it ends from outside. */
    void workedOnBy(Future<?> task) {
        work = task;
        if (stopped) {
            task.cancel(true);
        }
    }

    /** Ends it from inside. */
    void end(Map<String, Object> message) {
        outcome.complete(message);
    }

    /** Ends it from outside, and stops the work on it. */
    void stop(Map<String, Object> message) {
        if (outcome.complete(message)) {
            interrupt();
        }
    }

    @Override
    public boolean cancel() {
        boolean first = outcome.completeExceptionally(new CancellationException());
        if (first) {
            interrupt();
        }
        return first;
    }

    private void interrupt() {
        stopped = true;
        if (work != null) {
            work.cancel(true);
        }
    }
}
