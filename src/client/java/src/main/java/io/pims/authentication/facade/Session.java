package io.pims.authentication.facade;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What an initialised facade holds: its connections, its threads, and the calls under way. After {@link #close()} all of
 * them end as soon as the last call's thread does.
 */
final class Session {

    private static final int IN_LINE = 10;

    private final Configuration configuration;
    private final Executor callbacks;
    private final Executor ownThread;
    private final LongSupplier clock;
    private final Map<PendingCall, Conversation> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor timer;
    private final Exchange exchange;
    private volatile boolean closed;

    /**
     * A session.
     *
     * @param callbacks runs the callbacks
     * @param ownThread runs them if those take no more
     * @param clock as {@link RunningTime} wants it
     */
    Session(Configuration configuration, Executor callbacks, Executor ownThread, LongSupplier clock) {
        this.configuration = configuration;
        this.callbacks = callbacks;
        this.ownThread = ownThread;
        this.clock = clock;
        timer = new ScheduledThreadPoolExecutor(1, Threads.named("pims-facade-timer"));
        timer.setRemoveOnCancelPolicy(true);
        Connections connections = new Connections(configuration);
        int calls = configuration.callsAtOnce();
        workers =
                new ThreadPoolExecutor(
                        calls,
                        calls,
                        1,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(calls * IN_LINE),
                        Threads.named("pims-facade")) {
                    @Override
                    protected void terminated() {
                        // Nobody talks any more. This may be Android's main thread, which may not talk: TLS says
                        // goodbye.
                        timer.execute(connections::close);
                        timer.shutdown();
                    }
                };
        workers.allowCoreThreadTimeOut(true);
        exchange = new Exchange(configuration, connections.client(), timer, clock);
    }

    void start(PendingCall call, Order order) {
        Conversation conversation =
                new Conversation(configuration, exchange, order, new RunningTime(clock), call::pending);
        underWay.put(call, conversation);
        call.afterwards(() -> underWay.remove(call));
        try {
            watch(conversation, call);
            FutureTask<Void> task = new FutureTask<>(() -> hold(conversation, call), null);
            workers.execute(task);
            call.stoppedBy(() -> {
                task.cancel(true);
                // Makes room if it was still in line.
                workers.remove(task);
                conversation.hangUp();
            });
        } catch (RejectedExecutionException full) {
            call.end((closed ? ErrorCode.NOT_INITIALIZED : ErrorCode.TIMEOUT).message(conversation.transactionId()));
        }
        if (closed) {
            call.stop(ErrorCode.NOT_INITIALIZED.message(conversation.transactionId()));
        }
    }

    /** Ends the call when its budget has run out, and looks at its time until then. */
    private void watch(Conversation conversation, PendingCall call) {
        if (call.hasEnded()) {
            return;
        }
        long left = conversation.left();
        if (left == 0) {
            call.stop(conversation.overdue());
        } else {
            long most = RunningTime.BETWEEN_LOOKS.toNanos();
            timer.schedule(() -> watch(conversation, call), Math.min(left, most), TimeUnit.NANOSECONDS);
        }
    }

    private static void hold(Conversation conversation, PendingCall call) {
        try {
            call.end(conversation.hold());
        } catch (InterruptedException stopped) {
            // Whoever interrupted has ended the call, unless it was the application's own code.
            call.end(ErrorCode.SERVER_ERROR.message(conversation.transactionId()));
        } catch (Throwable unexpected) {
            call.end(ErrorCode.SERVER_ERROR.message(conversation.transactionId()));
            Threads.report(unexpected);
        }
    }

    PendingCall pending(Callback callback) {
        return new PendingCall(callback, callbacks, ownThread);
    }

    /** Ends what is under way with 2001. Does not wait. */
    void close() {
        closed = true;
        underWay.forEach(
                (call, conversation) -> call.stop(ErrorCode.NOT_INITIALIZED.message(conversation.transactionId())));
        workers.shutdown();
    }
}
