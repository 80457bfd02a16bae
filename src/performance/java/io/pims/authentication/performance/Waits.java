package io.pims.authentication.performance;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A measurement lasts as long as it is said to. */
public final class Waits {

    private Waits() {}

    public static void seconds(double seconds) {
        long end = System.nanoTime() + (long) (seconds * Duration.ofSeconds(1).toNanos());
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
