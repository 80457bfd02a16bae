package io.pims.authentication.survival;

import java.time.Duration;

/**
 * What the service promises, by its settings.
 *
 * @param toFinal from the record of a transaction to its end: deadline, one lease, and the rescuer's pace
 * @param apart between two sends of a transaction by different processes: a call begins only if it can end under its
 *     lease, so the next lease begins no sooner than a whole call's time-out after it
 */
record Bounds(Duration toFinal, Duration apart) {

    private static final Duration POLL = Duration.ofSeconds(1);

    /** A call is seen by the provider some time after it began. */
    private static final Duration ON_THE_WAY = Duration.ofMillis(500);

    /** With the defaults of the service. */
    static final Bounds SHIPPED = of(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMillis(6_500));

    static Bounds of(Duration deadline, Duration lease, Duration attemptTimeout) {
        return new Bounds(deadline.plus(lease).plus(POLL), attemptTimeout.minus(ON_THE_WAY));
    }
}
