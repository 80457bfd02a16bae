package io.pims.authentication.dispatch;

import io.pims.authentication.sms.SmsOutcome.Kind;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * By which road a transaction goes next. A turn is what the retry policy repeats: it tries the roads in their order, each
 * one once, until one took the SMS or none is left. Roads are told by their place in that order.
 *
 * <p>What certainly sent nothing lets the next road have it at once. An outcome that is unclear keeps the transaction on
 * its road for as many turns as there are unclear tries, whether these turns can make a call or not: another road could
 * send the SMS twice. A road that has used up its unclear tries, or does not take our account, is left out from then on.
 *
 * <p>A road whose breaker turns calls away is asked last. A call that tries it again may take long, so it is one of the
 * first turn, which has all the time before it, or of a turn in which no other road took the SMS.
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
    private int turns;
    private boolean over;

    /** The roads' circuit breakers, as they are now. */
    interface Breakers {

        boolean isClosed(int road);

        /** Returns true if it is open, and the time has come to try again. */
        boolean isDue(int road);

        /** Returns true to one asker while the road is due: it is to make the call that tries. */
        boolean mayProbe(int road);
    }

    /**
     * A road to try now.
     *
     * @param admitted false if its breaker turns the call away
     */
    record Candidate(int road, boolean admitted) {}

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

    /**
     * Notes a call that another replica made. What certainly sent nothing, and may pass, makes no difference.
     *
     * @param road negative if it is not known: then it was the one that would be the first choice
     */
    void remember(int road, Kind kind) {
        turns = 1;
        int known = road < 0 ? usable().nextSetBit(0) : road;
        boolean counts = kind == Kind.NO_ANSWER || kind == Kind.FAULT || kind == Kind.MISCONFIGURED;
        if (counts && known >= 0 && !leftOut.get(known)) {
            after(known, kind, true);
        }
    }

    void beginTurn() {
        turns++;
        triedThisTurn.clear();
    }

    /** Returns the road to try now; empty if none is left in this turn. */
    Optional<Candidate> next(Breakers breakers) {
        BitSet left = left();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        if (roads == 1) {
            // Who has no other road asks the breaker itself.
            return Optional.of(new Candidate(0, true));
        }
        boolean hasTime = turns == 1;
        OptionalInt admitted = first(left, road -> breakers.isClosed(road) || hasTime && breakers.mayProbe(road));
        if (admitted.isEmpty() && (kept == NONE || !hasOther(kept, breakers))) {
            admitted = first(left, breakers::mayProbe);
        }
        return Optional.of(
                admitted.isPresent()
                        ? new Candidate(admitted.getAsInt(), true)
                        : new Candidate(left.nextSetBit(0), false));
    }

    /** Returns true if another road could have the SMS, in this turn or a later one. */
    boolean hasOther(int road, Breakers breakers) {
        BitSet others = usable();
        others.clear(road);
        return first(others, each -> breakers.isClosed(each) || breakers.isDue(each))
                .isPresent();
    }

    /** Returns true if an outcome by the road is unclear, so that no other road may have the SMS yet. */
    boolean isKept(int road) {
        return kept == road;
    }

    private static OptionalInt first(BitSet roads, IntPredicate condition) {
        return roads.stream().filter(condition).findFirst();
    }

    private BitSet usable() {
        BitSet usable = new BitSet(roads);
        usable.set(0, roads);
        usable.andNot(leftOut);
        return usable;
    }

    /** Returns the roads that may still be tried in this turn. */
    private BitSet left() {
        BitSet left = over ? new BitSet() : usable();
        left.andNot(triedThisTurn);
        if (kept != NONE) {
            left.clear(0, kept);
            left.clear(kept + 1, roads);
        }
        return left;
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
        if (!left().isEmpty()) {
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
