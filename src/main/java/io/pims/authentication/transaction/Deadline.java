package io.pims.authentication.transaction;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A moment on the monotonic clock: changes of the system clock do not move it, nor does a stopped process.
 *
 * @param at nanoseconds, in the time base of {@code nanoTime}
 * @param nanoTime {@link System#nanoTime}; a test has its own
 */
public record Deadline(long at, LongSupplier nanoTime) {

    /** Returns the moment that is so long from now. */
    public static Deadline in(Duration time) {
        return in(time, System::nanoTime);
    }

    public static Deadline in(Duration time, LongSupplier nanoTime) {
        return new Deadline(nanoTime.getAsLong() + time.toNanos(), nanoTime);
    }

    /** Returns the time until then; negative after it. */
    public Duration left() {
        return Duration.ofNanos(at - nanoTime.getAsLong());
    }

    public boolean isOver() {
        return left().toNanos() <= 0;
    }
}
