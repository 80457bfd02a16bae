package io.pims.authentication.dispatch;

import io.pims.authentication.sms.SmsOutcome.Kind;
import java.util.BitSet;
import java.util.OptionalInt;

/**
 * By which road a transaction goes next. A turn is what the retry policy repeats: it tries the roads in their order, each
 * one once, until one took the SMS or none is left. Roads are told by their place in that order.
 *
 * <p>What certainly sent nothing lets the next road have it at once. An outcome that is unclear keeps the transaction on
 * its road for as many turns as there are unclear tries, whether these turns can make a call or not: another road could
 * send the SMS twice. A road that has used up its unclear tries, or does not take our account, is left out from then on.
 */
final class RoadChoice {

    private static final int NONE = -1;

    private final int roads;
    private final int unclearTries;
    private final int[] unclear;
    private final BitSet leftOut = new BitSet();
    private final BitSet triedThisTurn = new BitSet();
    private int kept = NONE;
    private int turnsKept;
    private boolean over;

    /** What follows from an outcome. */
    enum Next {
        /** No road may try again. */
        NOTHING,
        /** Another road, at once. */
        ROAD,
        /** Another turn, after the policy's delay. */
        TURN
    }

    /** @param unclearTries calls with an unclear outcome that one road may make */
    RoadChoice(int roads, int unclearTries) {
        this.roads = roads;
        this.unclearTries = unclearTries;
        this.unclear = new int[roads];
    }

    void beginTurn() {
        triedThisTurn.clear();
    }

    /** Returns the road to try now; empty if none is left in this turn. */
    OptionalInt next() {
        if (over) {
            return OptionalInt.empty();
        }
        if (kept != NONE) {
            return triedThisTurn.get(kept) ? OptionalInt.empty() : OptionalInt.of(kept);
        }
        for (int road = 0; road < roads; road++) {
            if (!leftOut.get(road) && !triedThisTurn.get(road)) {
                return OptionalInt.of(road);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Notes the outcome of a try.
     *
     * @param called false if no call was made, as the breaker is open
     */
    Next after(int road, Kind kind, boolean called) {
        triedThisTurn.set(road);
        boolean isUnclear = called && (kind == Kind.NO_ANSWER || kind == Kind.FAULT);
        if (isUnclear) {
            unclear[road]++;
        }
        if (kind == Kind.ACCEPTED || kind == Kind.REFUSED) {
            over = true;
            return Next.NOTHING;
        }
        if (kind == Kind.MISCONFIGURED || unclear[road] == unclearTries) {
            leftOut.set(road);
        }
        keep(road, isUnclear);
        if (next().isPresent()) {
            return Next.ROAD;
        }
        over = leftOut.cardinality() == roads;
        return over ? Next.NOTHING : Next.TURN;
    }

    private void keep(int road, boolean isUnclear) {
        if (isUnclear && kept == NONE) {
            kept = road;
            turnsKept = 0;
        }
        if (kept == road && (++turnsKept == unclearTries || leftOut.get(road))) {
            kept = NONE;
        }
    }
}
