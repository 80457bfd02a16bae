package io.pims.authentication.facade;

import java.net.http.HttpClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What an initialised facade holds: its connections, its threads, and the calls under way. After {@link #close()} all of
 * them end as soon as the last call's thread does.
 */
final class Session {

    private static final int IN_LINE = 10;

    private final Configuration configuration;
    private final Executor ownThread;
    private final Executor callbacks;
    private final Map<PendingCall, Conversation> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor timer;
    private final Exchange exchange;
    private volatile boolean closed;

    /** @param ownThread runs callbacks where the configuration names nobody */
    Session(Configuration configuration, Executor ownThread) {
        this.configuration = configuration;
        this.ownThread = ownThread;
        this.callbacks = Optional.ofNullable(configuration.callbacks()).orElse(ownThread);
        timer = new ScheduledThreadPoolExecutor(1, Threads.named("pims-facade-timer"));
        timer.setRemoveOnCancelPolicy(true);
        ThreadGroup connections = new ThreadGroup("pims-facade-connections");
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
                        timer.shutdownNow();
                        // Nobody talks any more. The client of Java 17 can't be closed; its selector ends when
                        // interrupted.
                        connections.interrupt();
                    }
                };
        workers.allowCoreThreadTimeOut(true);
        exchange = new Exchange(configuration, client(connections), timer);
    }

    /** The selector's thread is started by the client, and belongs to the group of the thread that made it. */
    private HttpClient client(ThreadGroup connections) {
        Executor transport = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Threads.named("pims-facade-transport"));
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(configuration.connectTimeout())
                .executor(transport);
        CompletableFuture<HttpClient> made = new CompletableFuture<>();
        new Thread(connections, () -> made.completeAsync(client::build, Runnable::run), "pims-facade-connections")
                .start();
        return made.join();
    }

    void start(PendingCall call, Order order) {
        Conversation conversation = new Conversation(configuration, exchange, order);
        underWay.put(call, conversation);
        call.afterwards(() -> underWay.remove(call));
        try {
            Future<?> deadline = timer.schedule(
                    () -> call.stop(conversation.overdue()),
                    configuration.pollingBudget().toNanos(),
                    TimeUnit.NANOSECONDS);
            call.afterwards(() -> deadline.cancel(false));
            call.workedOnBy(workers.submit(() -> hold(conversation, call)));
        } catch (RejectedExecutionException full) {
            call.end((closed ? ErrorCode.NOT_INITIALIZED : ErrorCode.TIMEOUT).message(conversation.transactionId()));
        }
        if (closed) {
            call.stop(ErrorCode.NOT_INITIALIZED.message(conversation.transactionId()));
        }
    }

    private static void hold(Conversation conversation, PendingCall call) {
        try {
            call.end(conversation.hold());
        } catch (InterruptedException stopped) {
            // Whoever interrupted has ended the call.
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error unexpected) {
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
