package io.pims.authentication.readiness;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells if the pool gives connections. Where it gives none, an answer of the database over a connection beside the pool
 * tells an exhausted pool, or one that can't connect, from a database that is away.
 */
final class ConnectionSupply {

    enum State {
        /** The pool gives connections, or gave some not long ago. */
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

    /**
     * @param contact how long after an answer the database counts as there
     * @param nanoTime as {@link System#nanoTime}
     */
    ConnectionSupply(ReadinessConfig config, Duration contact, LongSupplier nanoTime) {
        this.config = config;
        this.contact = contact;
        this.nanoTime = nanoTime;
        this.lentAt = nanoTime.getAsLong();
        this.answeredAt = lentAt - contact.toNanos() - 1;
    }

    /** The pool gave a connection. */
    synchronized void lent() {
        lentAt = nanoTime.getAsLong();
    }

    /** The database answered beside the pool. */
    synchronized void databaseAnswered() {
        if (!isInContact()) {
            answersSince = nanoTime.getAsLong();
        }
        answeredAt = nanoTime.getAsLong();
    }

    /** A database that has just come back gives the pool as much time again as one that was never away. */
    synchronized State state() {
        if (isInContact() && isLonger(Math.min(since(lentAt), since(answersSince)), config.poolPatience())) {
            return State.EXHAUSTED;
        }
        return isLonger(since(lentAt), config.outagePatience()) && !isInContact() ? State.CUT_OFF : State.ENOUGH;
    }

    /** Returns how long ago the pool gave a connection. */
    synchronized Duration sinceLent() {
        return Duration.ofNanos(since(lentAt));
    }

    private boolean isInContact() {
        return !isLonger(since(answeredAt), contact);
    }

    private long since(long time) {
        return nanoTime.getAsLong() - time;
    }

    private static boolean isLonger(long nanos, Duration than) {
        return nanos > than.toNanos();
    }
}
