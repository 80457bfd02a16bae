package io.pims.authentication.readiness;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether connections can be had from the pool. Tells a pool that is exhausted, or can't connect, from a database that is
 * away: by what is heard from the database on a connection beside the pool.
 */
final class ConnectionSupply {

    enum State {
        /** There are connections, or there were some not long ago. */
        ENOUGH,
        /** The pool gives nothing, though the database answers. */
        EXHAUSTED,
        /** The pool gives nothing, and the database does not answer. */
        CUT_OFF
    }

    private final ReadinessConfig config;
    private final Duration contact;
    private final LongSupplier nanoTime;
    private long lentAt;
    private long answeredAt;
    private long answersSince;
    private boolean answered;

    /**
     * @param contact for how long an answer of the database says that it is there
     * @param nanoTime no clock: what is measured is how long something lasts
     */
    ConnectionSupply(ReadinessConfig config, Duration contact, LongSupplier nanoTime) {
        this.config = config;
        this.contact = contact;
        this.nanoTime = nanoTime;
        this.lentAt = nanoTime.getAsLong();
    }

    /** The pool gave a connection. */
    synchronized void lent() {
        lentAt = nanoTime.getAsLong();
    }

    /** The database answered beside the pool. */
    synchronized void databaseAnswered() {
        if (!inContact()) {
            answersSince = nanoTime.getAsLong();
        }
        answered = true;
        answeredAt = nanoTime.getAsLong();
    }

    /** A database that has just come back gives the pool as much time again as one that was never away. */
    synchronized State state() {
        if (inContact() && isLonger(Math.min(since(lentAt), since(answersSince)), config.poolPatience())) {
            return State.EXHAUSTED;
        }
        return isLonger(since(lentAt), config.outagePatience()) && !inContact() ? State.CUT_OFF : State.ENOUGH;
    }

    /** How long ago the pool gave a connection. */
    synchronized Duration sinceLent() {
        return Duration.ofNanos(since(lentAt));
    }

    private boolean inContact() {
        return answered && !isLonger(since(answeredAt), contact);
    }

    private long since(long time) {
        return nanoTime.getAsLong() - time;
    }

    private static boolean isLonger(long nanos, Duration than) {
        return nanos > than.toNanos();
    }
}
