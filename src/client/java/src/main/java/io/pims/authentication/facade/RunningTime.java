package io.pims.authentication.facade;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * For how long a call has run. Android freezes the process of an app in the background; afterwards the clock has jumped.
 * The clock is looked at each second while the call runs, so a longer step is such a jump and counts as
 * {@link #LONGEST_STEP}: the call goes on where it was.
 */
final class RunningTime {

    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final long LONGEST_STEP = TimeUnit.SECONDS.toNanos(5);
    /** A code that was sent before has expired by then. */
    private static final long LONGEST_FREEZE = TimeUnit.MINUTES.toNanos(10);

    private final LongSupplier clock;
    private long last;
    private long ran;
    private long frozen;

    /** @param clock nanoseconds that never go back, as {@link System#nanoTime} has them */
    RunningTime(LongSupplier clock) {
        this.clock = clock;
        this.last = clock.getAsLong();
    }

    /** Nanoseconds since it was made, without those of the freezes. */
    synchronized long nanos() {
        long now = clock.getAsLong();
        long step = Math.min(now - last, LONGEST_STEP);
        ran += step;
        frozen += now - last - step;
        last = now;
        return ran;
    }

    /** Whether it is of no use to go on. */
    synchronized boolean wasFrozenTooLong() {
        return frozen > LONGEST_FREEZE;
    }
}
