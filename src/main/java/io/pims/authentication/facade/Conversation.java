package io.pims.authentication.facade;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * All that is said with the service in one call: the request, again under the same key where the connection was lost,
 * then questions for the outcome until it is final. Runs on one thread; only {@link #overdue} is asked on another.
 */
final class Conversation {

    private static final int MOST_DOUBLINGS = 4;

    private final Configuration configuration;
    private final Exchange exchange;
    private final Order order;
    private final String idempotencyKey = UUID.randomUUID().toString();
    private final long deadline;

    private Order next;
    /** Known as soon as the service has accepted; until then its key stands for it. */
    private volatile String transactionId = idempotencyKey;
    /** What is to be told if the budget ran out now. */
    private volatile ErrorCode problem = ErrorCode.TIMEOUT;

    private int failures;
    private long failingSince;

    Conversation(Configuration configuration, Exchange exchange, Order order) {
        this.configuration = configuration;
        this.exchange = exchange;
        this.order = order;
        this.next = order;
        this.deadline = System.nanoTime() + configuration.pollingBudget().toNanos();
    }

    String transactionId() {
        return transactionId;
    }

    /** The message for a call whose budget has run out. */
    Map<String, Object> overdue() {
        return problem.message(transactionId);
    }

    /** The final message. Does not watch the budget: whoever does interrupts it. */
    Map<String, Object> hold() throws InterruptedException {
        try {
            Optional<Map<String, Object>> last = ask();
            while (last.isEmpty()) {
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
            return heard(exchange.send(next, idempotencyKey, longestWait()));
        } catch (IOException failure) {
            return lost(failure);
        }
    }

    private Optional<Map<String, Object>> heard(Answer answer) throws InterruptedException {
        if (answer.status() == 503
                && order.isRepeatable()
                && answer.retryAfter().isPresent()
                && again(answer.retryAfter().get().toNanos())) {
            return Optional.empty();
        }
        Optional<Map<String, Object>> message = answer.message();
        if (message.isEmpty()) {
            return Optional.of(ErrorCode.SERVER_ERROR.message(transactionId));
        }
        if (!message.get().get("status").equals("PENDING")) {
            return message;
        }
        if (!order.isPolled()) {
            return Optional.of(ErrorCode.SERVER_ERROR.message(transactionId));
        }
        transactionId = (String) message.get().get("transactionId");
        next = new Order("GET", order.path() + "/" + transactionId, Map.of());
        failures = 0;
        problem = ErrorCode.TIMEOUT;
        TimeUnit.NANOSECONDS.sleep(varied(configuration.pause()));
        return Optional.empty();
    }

    private Optional<Map<String, Object>> lost(IOException failure) throws InterruptedException {
        boolean notConnected = failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
        problem = failure instanceof HttpTimeoutException && !notConnected
                ? ErrorCode.TIMEOUT
                : ErrorCode.NETWORK_PROBLEM;
        boolean harmless = order.isRepeatable() || notConnected;
        Duration pause = configuration.pause().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return harmless && again(varied(pause)) ? Optional.empty() : Optional.of(problem.message(transactionId));
    }

    /** Pauses, nanoseconds, before another try, unless patience or the budget would be over by then. */
    private boolean again(long pause) throws InterruptedException {
        long now = System.nanoTime();
        if (failures++ == 0) {
            failingSince = now;
        }
        long then = now + pause;
        if (then - failingSince > configuration.patience().toNanos() || then - deadline > 0) {
            return false;
        }
        TimeUnit.NANOSECONDS.sleep(then - now);
        return true;
    }

    private static long varied(Duration pause) {
        return (long) (pause.toNanos() * ThreadLocalRandom.current().nextDouble(0.5, 1.5));
    }

    private Duration longestWait() {
        if (!order.isPolled()) {
            return Duration.ZERO;
        }
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        Duration wait = left.compareTo(configuration.longestWait()) < 0 ? left : configuration.longestWait();
        return Duration.ofSeconds(wait.toSeconds());
    }
}
