package io.pims.authentication.notice;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long this replica leaves a backend alone that takes nothing. Without it each waiting event would be tried, one after
 * the other.
 */
final class BackendPause {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** For a backend that wants no more, or names a time itself. */
    private static final Duration LONGEST_ON_REQUEST = Duration.ofHours(1);

    private final LongSupplier nanoTime;
    private int inVain;
    private long until;

    /** @param nanoTime as {@link System#nanoTime} */
    BackendPause(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.until = nanoTime.getAsLong();
    }

    /** Returns true if nothing is to be posted at the moment. */
    synchronized boolean isOn() {
        return nanoTime.getAsLong() - until < 0;
    }

    /** The backend takes events. */
    synchronized void end() {
        inVain = 0;
    }

    /** Posts were in vain. Those that were under way together count once. */
    synchronized void begin() {
        if (!isOn()) {
            inVain = Math.min(inVain + 1, 30);
            extend(Duration.ofMillis(Math.min(LONGEST.toMillis(), FIRST.toMillis() << (inVain - 1))));
        }
    }

    /** The backend has named a time, which counts up to an hour. */
    synchronized void begin(Duration named) {
        extend(named.compareTo(LONGEST_ON_REQUEST) > 0 ? LONGEST_ON_REQUEST : named);
    }

    /** The backend wants no more of it. It is asked again later, as only a change of the settings can end it for good. */
    synchronized void beginLongest() {
        extend(LONGEST_ON_REQUEST);
    }

    private void extend(Duration pause) {
        long end = nanoTime.getAsLong() + pause.toNanos();
        if (end - until > 0) {
            until = end;
        }
    }
}
