package io.pims.authentication.transaction;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A moment that comes whatever is done to the clock, and while the process is stopped as well.
 *
 * @param at when, by {@code nanoTime}
 * @param nanoTime that of {@link System}, but in tests
 */
public record Deadline(long at, LongSupplier nanoTime) {

    /** So long from now. */
    public static Deadline in(Duration time) {
        return in(time, System::nanoTime);
    }

    public static Deadline in(Duration time, LongSupplier nanoTime) {
        return new Deadline(nanoTime.getAsLong() + time.toNanos(), nanoTime);
    }

    /** The time until then; negative after it. */
    public Duration left() {
        return Duration.ofNanos(at - nanoTime.getAsLong());
    }

    public boolean isOver() {
        return at - nanoTime.getAsLong() <= 0;
    }
}
