package io.pims.authentication.dispatch;

import io.pims.authentication.dispatch.RoadChoice.Breakers;
import io.pims.authentication.dispatch.RoadChoice.Candidate;
import io.pims.authentication.dispatch.RoadChoice.Next;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.HeldLease;
import io.pims.authentication.transaction.SendAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A claim on its way to a final state: counts its calls, and decides what follows from each outcome. It knows no
 * database and no provider.
 *
 * <p>A transaction that fails ends with the most telling outcome of its last turn: the worst one in the order of
 * {@link Kind}. A refusal of the number ends it by itself.
 */
final class SendProgress {

    /** A code that has less left when its SMS is sent is useless. */
    private static final Duration LEAST_LIFE = Duration.ofSeconds(30);

    /** Stands for an outcome if there was no try. */
    static final String LATE = "LATE";

    /** Stands for an outcome where the SIM is new, so that nothing is sent. */
    static final String SIM_SWAPPED = "SIM_SWAPPED";

    /** Stands for an outcome where nobody tells whether the SIM is new, and nothing is sent for it. */
    static final String SIM_UNKNOWN = "SIM_UNKNOWN";

    private final Claim claim;
    private final Instant deadline;
    private final Optional<Instant> codeExpiresAt;
    private final int unclearTries;
    private List<String> roads = List.of();
    private RoadChoice choice;
    private Instant callBeganAt;
    private int calls;
    private boolean counted = true;
    private boolean turnHasOutcome;
    private SmsOutcome telling;
    private SendAttempt lastAttempt;
    private SendAttempt unwritten;
    private boolean simKnown;
    private String withheld;

    /** @param now when the claim was made, by this replica's clock */
    SendProgress(Claim claim, int unclearTries, Instant now) {
        this.claim = claim;
        this.unclearTries = unclearTries;
        this.deadline = now.plus(claim.untilDeadline());
        this.codeExpiresAt = claim.untilCodeExpires().map(now::plus);
    }

    Claim claim() {
        return claim;
    }

    HeldLease heldLease() {
        return claim.heldLease();
    }

    /** Returns the deadline by this replica's clock. */
    Instant deadline() {
        return deadline;
    }

    /** Returns the outcome that this would end with, even one without a call; {@link #LATE} if there was none. */
    String lastOutcome() {
        if (withheld != null) {
            return withheld;
        }
        return telling == null ? LATE : telling.kind().name();
    }

    /** Sets the names of the roads that it may go by, the first choice first. */
    void goBy(List<String> names) {
        roads = names;
        choice = new RoadChoice(names.size(), unclearTries);
        if (names.size() > 1) {
            remember();
        }
        if (names.isEmpty()) {
            telling = SmsOutcome.misconfigured("no road");
        }
    }

    /** A rescue goes on where the replica before it ended. The only road needs no memory, and has its tries anew. */
    private void remember() {
        for (SendAttempt before : claim.logged()) {
            choice.remember(roads.indexOf(before.road()), Kind.valueOf(before.outcome()));
        }
        for (int call = 0; call < claim.unknownCalls(); call++) {
            choice.remember(-1, Kind.NO_ANSWER);
        }
    }

    /** Begins to try the roads, from the first one on. */
    void beginTurn() {
        turnHasOutcome = false;
        choice.beginTurn();
    }

    /** Returns the road to try now, by its place; empty if there is none. */
    Optional<Candidate> nextRoad(Breakers breakers) {
        return choice.next(breakers);
    }

    /** Returns true if it need not wait for this road: another one may have the SMS, and nothing here is unclear. */
    boolean hasAlternative(int road, Breakers breakers) {
        return !choice.isKept(road) && choice.hasOther(road, breakers);
    }

    /** Returns how long the code lives from now; empty without a code. */
    Optional<Duration> codeLifetimeLeft(Instant now) {
        return codeExpiresAt.map(end -> Duration.between(now, end));
    }

    /** True if it is too late for another try. */
    boolean isLate(Instant now) {
        boolean codeDies = codeLifetimeLeft(now)
                .map(life -> life.compareTo(LEAST_LIFE) < 0)
                .orElse(false);
        return !now.isBefore(deadline) || codeDies;
    }

    /** True if the next call is counted in the database: the first one was, with the claim. */
    boolean isCounted() {
        return counted;
    }

    /** Notes that the next call is counted, and the last one written with it. */
    void counted() {
        counted = true;
        unwritten = null;
    }

    /** Returns the last call; null if there was none. */
    SendAttempt lastAttempt() {
        return lastAttempt;
    }

    /** Returns why it failed, for the log. */
    String reason() {
        if (withheld != null) {
            return withheld.equals(SIM_SWAPPED) ? "the SIM was swapped" : "nobody tells whether the SIM was swapped";
        }
        if (lastAttempt != null) {
            return "last " + lastAttempt;
        }
        return choice != null && roads.isEmpty() ? "no road serves the country" : "too late for a try";
    }

    /** Returns the last call if it is not written yet, else null. */
    SendAttempt unwrittenAttempt() {
        return unwritten;
    }

    /** Notes that a call begins. {@link #after} gets its outcome, even if it is cut off. */
    void calling(Instant now) {
        callBeganAt = now;
    }

    /**
     * Decides what follows from the outcome of a try, even of one without a call.
     *
     * @param road its place in the order
     */
    NextStep after(int road, SmsOutcome outcome, Instant now) {
        boolean called = callBeganAt != null;
        if (called) {
            note(roads.get(road), outcome, Duration.between(callBeganAt, now));
        }
        boolean isFinal = !outcome.retryable() && outcome.kind() != Kind.MISCONFIGURED;
        if (isFinal || !turnHasOutcome || outcome.kind().compareTo(telling.kind()) > 0) {
            telling = outcome;
        }
        turnHasOutcome = true;
        Next next = choice.after(road, outcome.kind(), called);
        if (outcome.kind() == Kind.ACCEPTED) {
            return new NextStep.Sent(outcome, roads.get(road));
        }
        if (next == Next.NOTHING || isLate(now)) {
            return giveUp();
        }
        return next == Next.ROAD ? new NextStep.NextRoad() : new NextStep.Retry();
    }

    private void note(String road, SmsOutcome outcome, Duration took) {
        lastAttempt =
                new SendAttempt(claim.attempts() + calls, road, outcome.kind().name(), outcome.providerStatus(), took);
        unwritten = lastAttempt;
        calls++;
        counted = false;
        callBeganAt = null;
    }

    /** True if the SMS may go, whatever is known of the SIM: nobody is asked again under this lease. */
    boolean isSimKnown() {
        return simKnown;
    }

    /** Notes that the SMS may go, as far as the SIM is concerned. */
    void simKnown() {
        simKnown = true;
        withheld = null;
    }

    /** Ends it for what is known of the SIM, or can't be known. */
    NextStep.Failed withhold(String outcome) {
        withheld = outcome;
        return giveUp();
    }

    /** Lets the next turn ask again, if there is time for one. */
    NextStep simUnknown(Instant now) {
        withheld = SIM_UNKNOWN;
        return isLate(now) ? giveUp() : new NextStep.Retry();
    }

    /** Ends all tries with the error of the most telling outcome. */
    NextStep.Failed giveUp() {
        if (withheld != null) {
            return new NextStep.Failed(ErrorCode.SERVER_ERROR);
        }
        return new NextStep.Failed(
                telling == null ? ErrorCode.TIMEOUT : telling.error().orElseThrow());
    }
}
