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

    private final long delay;
    private final LongSupplier nanoTime;
    private final AtomicLong nextProbeAt = new AtomicLong();
    private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;

    BreakerState(Duration delay, LongSupplier nanoTime) {
        this.delay = delay.toNanos();
        this.nanoTime = nanoTime;
    }

    void changed(CircuitBreakerState to) {
        long now = nanoTime.getAsLong();
        nextProbeAt.set(to == CircuitBreakerState.HALF_OPEN ? now : now + delay);
        state = to;
    }

    boolean isClosed() {
        return state == CircuitBreakerState.CLOSED;
    }

    /** Returns true if it turns calls away. It ends by time, without a call: what has no traffic is not open for long. */
    boolean isOpen() {
        return state == CircuitBreakerState.OPEN;
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
