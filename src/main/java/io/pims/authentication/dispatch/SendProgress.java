package io.pims.authentication.dispatch;

import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.HeldLease;
import io.pims.authentication.transaction.SendAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One claim on its way to a final state: counts the tries and decides what follows from each. Knows no database and no
 * provider.
 */
final class SendProgress {

    /** Nobody types a code that has less left when its SMS is sent. */
    private static final Duration LEAST_LIFE = Duration.ofSeconds(30);

    /** In the place of an outcome where there was no try. */
    static final String LATE = "LATE";

    private final Claim claim;
    private final Instant deadline;
    private final Optional<Instant> codeExpiresAt;
    private final int unclearTries;
    private Instant callBeganAt;
    private int calls;
    private int unclear;
    private SmsOutcome last;
    private SendAttempt lastAttempt;

    /** @param now when the claim was made */
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

    /** By this replica's clock. */
    Instant deadline() {
        return deadline;
    }

    /** What the last try met, whether it came to a call or not; {@link #LATE} if there was none. */
    String lastOutcome() {
        return last == null ? LATE : last.kind().name();
    }

    /** For how long its code lives from now on; empty where there is none. */
    Optional<Duration> codeLifetimeLeft(Instant now) {
        return codeExpiresAt.map(end -> Duration.between(now, end));
    }

    /** Whether it is too late to begin another try. */
    boolean isLate(Instant now) {
        boolean codeDies = codeLifetimeLeft(now)
                .map(life -> life.compareTo(LEAST_LIFE) < 0)
                .orElse(false);
        return !now.isBefore(deadline) || codeDies;
    }

    /** Whether the call at hand has been counted in the database: the first one was, with the claim. */
    boolean isCounted() {
        return calls == 0;
    }

    /** The trace of the call before, not yet written; null if there was none. */
    SendAttempt lastAttempt() {
        return lastAttempt;
    }

    /** Takes note of a call that is made now; what comes of it, a cut-off included, is told by {@link #after}. */
    void calling(Instant now) {
        callBeganAt = now;
    }

    private void called(SmsOutcome outcome, Duration took) {
        lastAttempt = new SendAttempt(claim.attempts() + calls, outcome.kind().name(), outcome.providerStatus(), took);
        calls++;
        callBeganAt = null;
        if (outcome.kind() == Kind.NO_ANSWER || outcome.kind() == Kind.FAULT) {
            unclear++;
        }
    }

    /** What follows from a try, whether it came to a call or not. */
    NextStep after(SmsOutcome outcome, Instant now) {
        last = outcome;
        if (callBeganAt != null) {
            called(outcome, Duration.between(callBeganAt, now));
        }
        if (outcome.kind() == Kind.ACCEPTED) {
            return new NextStep.Sent(outcome);
        }
        boolean again = outcome.retryable() && unclear < unclearTries && !isLate(now);
        return again ? new NextStep.Retry() : giveUp();
    }

    /** The end of all tries: told is what the last one met. */
    NextStep.Failed giveUp() {
        return new NextStep.Failed(
                last == null ? ErrorCode.TIMEOUT : last.error().orElseThrow());
    }
}
