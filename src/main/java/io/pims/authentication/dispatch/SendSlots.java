package io.pims.authentication.dispatch;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets as many calls run at a time by a road as its sender has clients, at the {@link SendPace}. New requests go first:
 * the drivers of the backlog have waited too long already. After a few new ones it is the backlog's turn. The timeout of
 * a call begins after this wait.
 */
final class SendSlots {

    /** New requests that go before one of the backlog. */
    static final int NEW_IN_A_ROW = 3;

    /** @param sentAway runs in the place of the call */
    private record Waiting(Runnable call, Runnable sentAway) {}

    /** Limits how fast calls follow each other. */
    interface Pace {

        /**
         * Returns true if a call may be made now. If not, {@code again} runs when asking again makes sense.
         *
         * @param waiting how many calls wait, including this one
         */
        boolean tryTake(int waiting, Runnable again);
    }

    private final Pace pace;
    private final Queue<Waiting> fresh = new ArrayDeque<>();
    private final Queue<Waiting> backlog = new ArrayDeque<>();
    private final int slots;
    private int free;
    private int newInARow;

    SendSlots(int slots, Pace pace) {
        this.slots = slots;
        this.free = slots;
        this.pace = pace;
    }

    /**
     * Runs the work once there is a slot, and frees the slot when the work ends, however it ends.
     *
     * @param isNew true for a new request, false for the backlog
     * @param longest how long it may wait for its turn
     * @param tooLate the result if its turn did not come by then
     * @param sentAway the result if {@link #sendAway} came first
     */
    <T> Uni<T> inTurn(boolean isNew, Duration longest, Supplier<T> tooLate, Supplier<T> sentAway, Uni<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            Queue<Waiting> queue = isNew ? fresh : backlog;
            CompletableFuture<Void> turn = new CompletableFuture<>();
            Runnable call = () -> {
                turn.complete(null);
                work.onTermination().invoke(this::release).subscribe().with(emitter::complete, emitter::fail);
            };
            Waiting waiting = new Waiting(call, () -> {
                turn.complete(null);
                emitter.complete(sentAway.get());
            });
            enqueue(queue, waiting);
            if (!turn.isDone()) {
                ScheduledFuture<?> timeout = Infrastructure.getDefaultWorkerPool()
                        .schedule(
                                () -> {
                                    if (withdraw(queue, waiting)) {
                                        emitter.complete(tooLate.get());
                                    }
                                },
                                longest.toMillis(),
                                TimeUnit.MILLISECONDS);
                turn.thenRun(() -> timeout.cancel(false));
            }
        });
    }

    /** Returns how many calls are under way. */
    synchronized int running() {
        return slots - free;
    }

    /** Returns how many calls wait for a slot, or for the pace. */
    synchronized int waiting() {
        return fresh.size() + backlog.size();
    }

    /** Lets nobody wait any longer: there is nothing to wait for, and another road may be open. */
    void sendAway() {
        List<Waiting> all = new ArrayList<>();
        synchronized (this) {
            all.addAll(fresh);
            all.addAll(backlog);
            fresh.clear();
            backlog.clear();
        }
        all.forEach(waiting -> waiting.sentAway().run());
    }

    private void enqueue(Queue<Waiting> queue, Waiting waiting) {
        synchronized (this) {
            queue.add(waiting);
        }
        next();
    }

    /** Returns false if its turn has come after all. */
    private synchronized boolean withdraw(Queue<Waiting> queue, Waiting waiting) {
        return queue.remove(waiting);
    }

    private void release() {
        synchronized (this) {
            free++;
        }
        next();
    }

    private void next() {
        for (Runnable call = take(); call != null; call = take()) {
            call.run();
        }
    }

    /** Returns the next call that may begin now, or null. */
    private synchronized Runnable take() {
        int waiting = fresh.size() + backlog.size();
        if (free == 0 || waiting == 0 || !pace.tryTake(waiting, this::next)) {
            return null;
        }
        free--;
        boolean backlogsTurn = fresh.isEmpty() || (newInARow >= NEW_IN_A_ROW && !backlog.isEmpty());
        newInARow = backlogsTurn ? 0 : newInARow + 1;
        return (backlogsTurn ? backlog.remove() : fresh.remove()).call();
    }
}
