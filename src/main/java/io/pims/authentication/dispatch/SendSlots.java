package io.pims.authentication.dispatch;

import io.pims.authentication.sms.SmsSender;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets as many calls run at a time as the sender has clients, at the {@link SendPace}. New requests go before the
 * backlog, whose drivers have waited too long already, but one call in a few is the backlog's. The wait for a slot is
 * before the timeout of the call begins. No more wait than are in flight.
 */
@ApplicationScoped
public class SendSlots {

    /** New ones that pass before one of the backlog has its turn. */
    static final int NEW_IN_A_ROW = 3;

    /** How fast calls may follow each other. */
    interface Pace {

        /**
         * Whether a call may be made now. If not, {@code again} is run when it is worth asking again.
         *
         * @param waiting how many calls wait, this one included
         */
        boolean tryTake(int waiting, Runnable again);
    }

    private final Pace pace;
    private final Queue<Runnable> fresh = new ArrayDeque<>();
    private final Queue<Runnable> backlog = new ArrayDeque<>();
    private final int slots;
    private int free;
    private int newInARow;

    public SendSlots(SmsSender sender, Pace pace) {
        this.slots = sender.concurrency();
        this.free = slots;
        this.pace = pace;
    }

    /**
     * Runs the work once there is a slot, and frees the slot when it ends, however it ends.
     *
     * @param isNew whether it comes from a request of just now, and not from the backlog
     * @param longest how long it may wait for its turn
     * @param tooLate what is said of work whose turn did not come by then
     */
    <T> Uni<T> inTurn(boolean isNew, Duration longest, Supplier<T> tooLate, Uni<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            Queue<Runnable> queue = isNew ? fresh : backlog;
            CompletableFuture<Void> turn = new CompletableFuture<>();
            Runnable call = () -> {
                turn.complete(null);
                work.onTermination().invoke(this::release).subscribe().with(emitter::complete, emitter::fail);
            };
            enqueue(queue, call);
            if (!turn.isDone()) {
                turn.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS).exceptionally(timeout -> {
                    if (withdraw(queue, call)) {
                        emitter.complete(tooLate.get());
                    }
                    return null;
                });
            }
        });
    }

    /** How many calls are under way. */
    synchronized int running() {
        return slots - free;
    }

    /** How many wait for a slot, or for the pace. */
    synchronized int waiting() {
        return fresh.size() + backlog.size();
    }

    private void enqueue(Queue<Runnable> queue, Runnable call) {
        synchronized (this) {
            queue.add(call);
        }
        next();
    }

    /** False if its turn has come after all. */
    private synchronized boolean withdraw(Queue<Runnable> queue, Runnable call) {
        return queue.remove(call);
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

    /** The next call that may begin now; null if none may. */
    private synchronized Runnable take() {
        int waiting = fresh.size() + backlog.size();
        if (free == 0 || waiting == 0 || !pace.tryTake(waiting, this::next)) {
            return null;
        }
        free--;
        boolean backlogsTurn = fresh.isEmpty() || (newInARow >= NEW_IN_A_ROW && !backlog.isEmpty());
        newInARow = backlogsTurn ? 0 : newInARow + 1;
        return backlogsTurn ? backlog.remove() : fresh.remove();
    }
}
