package io.pims.authentication.facade;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All that is said with the service in one call: the request, again under the same key where the connection was lost,
 * then questions for the outcome until it is final. Runs on one thread; what is asked on another says so.
 */
final class Conversation {

    private static final int MOST_DOUBLINGS = 4;

    private final Configuration configuration;
    private final Exchange exchange;
    private final Order order;
    private final Consumer<String> accepted;
    private final RunningTime time;
    private final Line line = new Line();
    private final String idempotencyKey = UUID.randomUUID().toString();

    private Order next;
    /** Known as soon as the service has accepted; until then its key stands for it. */
    private volatile String transactionId = idempotencyKey;
    /** What is to be told if the budget ran out now. */
    private volatile ErrorCode problem = ErrorCode.TIMEOUT;

    private int failures;
    private long failingSince;

    /** @param accepted told the transaction's id, once, if the service has accepted and not done it yet */
    Conversation(
            Configuration configuration, Exchange exchange, Order order, RunningTime time, Consumer<String> accepted) {
        this.configuration = configuration;
        this.exchange = exchange;
        this.order = order;
        this.next = order;
        this.time = time;
        this.accepted = accepted;
    }

    /** On any thread. */
    String transactionId() {
        return transactionId;
    }

    /** On any thread: the message for a call whose budget has run out. */
    Map<String, Object> overdue() {
        return problem.message(transactionId);
    }

    /** On any thread: nanoseconds until the budget has run out; 0 if it has. */
    long left() {
        long left = configuration.pollingBudget().toNanos() - time.nanos();
        return time.wasFrozenTooLong() ? 0 : Math.max(0, left);
    }

    /** On any thread. */
    void hangUp() {
        line.cut();
    }

    /** The final message. Does not watch the budget: whoever does interrupts it and hangs up. */
    Map<String, Object> hold() throws InterruptedException {
        try {
            Optional<Map<String, Object>> last = ask();
            while (!last.isPresent()) {
                last = ask();
            }
            return last.get();
        } catch (PimsException noToken) {
            return noToken.message(transactionId);
        }
    }

    /** One request; the message if it was the last one, else after a pause. */
    private Optional<Map<String, Object>> ask() throws InterruptedException {
        try {
            return heard(exchange.send(next, idempotencyKey, longestWait(), line));
        } catch (LostAnswer lost) {
            return lost(lost);
        }
    }

    private Optional<Map<String, Object>> heard(Answer answer) throws InterruptedException {
        if (answer.status() == 503
                && order.isRepeatable()
                && answer.retryAfter().isPresent()
                && again(Math.max(answer.retryAfter().get().toNanos(), pause()))) {
            return Optional.empty();
        }
        Optional<Map<String, Object>> message = answer.message();
        if (!message.isPresent()) {
            return Optional.of(ErrorCode.SERVER_ERROR.message(transactionId));
        }
        if (!message.get().get("status").equals("PENDING")) {
            return message;
        }
        if (!order.isPolled()) {
            return Optional.of(ErrorCode.SERVER_ERROR.message(transactionId));
        }
        follow((String) message.get().get("transactionId"));
        TimeUnit.NANOSECONDS.sleep(varied(configuration.pause()));
        return Optional.empty();
    }

    private void follow(String id) {
        if (next == order) {
            accepted.accept(id);
        }
        transactionId = id;
        next = new Order("GET", order.path() + "/" + id, Collections.emptyMap());
        failures = 0;
        problem = ErrorCode.TIMEOUT;
    }

    private Optional<Map<String, Object>> lost(LostAnswer lost) throws InterruptedException {
        problem = lost.wasSilence() ? ErrorCode.TIMEOUT : ErrorCode.NETWORK_PROBLEM;
        boolean harmless = order.isRepeatable() || !lost.wasSent();
        return harmless && again(pause()) ? Optional.empty() : Optional.of(problem.message(transactionId));
    }

    /** Nanoseconds; doubled with each failure in a row. */
    private long pause() {
        return varied(configuration.pause().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS)));
    }

    /** Pauses, nanoseconds, before another try, unless patience or the budget would be over by then. */
    private boolean again(long pause) throws InterruptedException {
        long now = time.nanos();
        if (failures++ == 0) {
            failingSince = now;
        }
        if (now + pause - failingSince > configuration.patience().toNanos() || pause > left()) {
            return false;
        }
        TimeUnit.NANOSECONDS.sleep(pause);
        return true;
    }

    private static long varied(Duration pause) {
        return (long) (pause.toNanos() * ThreadLocalRandom.current().nextDouble(0.5, 1.5));
    }

    private long longestWait() {
        long wait = Math.min(left(), configuration.longestWait().toNanos());
        return order.isPolled() ? TimeUnit.NANOSECONDS.toSeconds(wait) : 0;
    }
}
