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
 * A claim on its way to a final state: counts its calls, and decides what follows from each outcome. It knows no
 * database and no provider.
 */
final class SendProgress {

    /** A code that has less left when its SMS is sent is useless. */
    private static final Duration LEAST_LIFE = Duration.ofSeconds(30);

    /** Stands for an outcome if there was no try. */
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

    /** Returns the outcome of the last try, even one without a call; {@link #LATE} if there was none. */
    String lastOutcome() {
        return last == null ? LATE : last.kind().name();
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
        return calls == 0;
    }

    /** Returns the last call, which is not written yet; null if there was none. */
    SendAttempt lastAttempt() {
        return lastAttempt;
    }

    /** Notes that a call begins. {@link #after} gets its outcome, even if it is cut off. */
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

    /** Decides what follows from the outcome of a try, even of one without a call. */
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

    /** Ends all tries with the error of the last one. */
    NextStep.Failed giveUp() {
        return new NextStep.Failed(
                last == null ? ErrorCode.TIMEOUT : last.error().orElseThrow());
    }
}
