package io.pims.authentication.dispatch;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The state of a road's circuit breaker, as it was told, for those who have another road: they do not wait before a
 * breaker that will turn them away. When its delay is over, one transaction in each delay may be the call that tries.
 */
final class BreakerState {

    /** Longer than a call that tries may hang, and than two scrapes: else an alert would see a breaker close that did not. */
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(30);

    private final long delay;
    private final LongSupplier nanoTime;
    private final AtomicLong nextProbeAt = new AtomicLong();
    private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;
    private volatile long dueAt;

    BreakerState(Duration delay, LongSupplier nanoTime) {
        this.delay = delay.toNanos();
        this.nanoTime = nanoTime;
    }

    void changed(CircuitBreakerState to) {
        long now = nanoTime.getAsLong();
        nextProbeAt.set(to == CircuitBreakerState.HALF_OPEN ? now : now + delay);
        if (to == CircuitBreakerState.OPEN) {
            dueAt = now + delay;
        }
        state = to;
    }

    boolean isClosed() {
        return state == CircuitBreakerState.CLOSED;
    }

    /**
     * Returns true if it turns calls away, as it also does while one call tries. It ends by time, without a call: what has no
     * traffic is not open for long.
     */
    boolean isOpen() {
        return state == CircuitBreakerState.OPEN
                || state == CircuitBreakerState.HALF_OPEN && nanoTime.getAsLong() - dueAt < LONGEST_PROBE.toNanos();
    }

    /** Returns true if it is not closed, and its delay is over. */
    boolean isDue() {
        return !isClosed() && nanoTime.getAsLong() - nextProbeAt.get() >= 0;
    }

    /** Returns true to one transaction in each delay: it is to make the call that tries. */
    boolean mayProbe() {
        if (isClosed()) {
            return false;
        }
        long now = nanoTime.getAsLong();
        long due = nextProbeAt.get();
        return now - due >= 0 && nextProbeAt.compareAndSet(due, now + delay);
    }
}
