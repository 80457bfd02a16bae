package io.pims.authentication.survival;

import java.time.Duration;

/**
 * What the service promises, by its settings.
 *
 * @param toFinal from the record of a transaction to its end: deadline, one lease, and the rescuer's pace
 * @param apart between two sends of a transaction by different processes: a call begins only if it can end under its
 *     lease, so the next lease begins no sooner than a whole call's time-out after it
 * @param unclearTries calls with an unclear outcome that one road may make of a transaction
 * @param held after an unclear outcome, for how long at the least no other road is tried: it is for as many turns as
 *     there are unclear tries, with the waits of the retry policy between them
 * @param used from a road's return to the next call by it at the latest: one delay of its breaker
 */
record Bounds(Duration toFinal, Duration apart, int unclearTries, Duration held, Duration used) {

    private static final Duration POLL = Duration.ofSeconds(1);

    /** A call is seen by the provider some time after it began. */
    private static final Duration ON_THE_WAY = Duration.ofMillis(500);

    /** As shipped: the first two waits are 500 ms and a second, less 200 ms each; a breaker's delay is two seconds. */
    private static final int UNCLEAR_TRIES = 3;

    private static final Duration HELD = Duration.ofMillis(300 + 800);
    private static final Duration BREAKER_DELAY = Duration.ofSeconds(2);

    /** From one SMS to the next, on a machine that has much to do. */
    private static final Duration NEXT_SMS = Duration.ofSeconds(1);

    /** With the defaults of the service. */
    static final Bounds SHIPPED = of(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMillis(6_500));

    static Bounds of(Duration deadline, Duration lease, Duration attemptTimeout) {
        return new Bounds(
                deadline.plus(lease).plus(POLL),
                attemptTimeout.minus(ON_THE_WAY),
                UNCLEAR_TRIES,
                HELD,
                BREAKER_DELAY.plus(NEXT_SMS));
    }
}
