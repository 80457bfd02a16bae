package io.pims.authentication.dispatch;

import io.pims.authentication.code.SmsCodeType;
import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.risk.SimSwapCheck;
import io.pims.authentication.risk.Verdict;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.InFlight;
import io.pims.authentication.transaction.TransactionConfig;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Asks, before a code for a reset is sent, whether the SIM of its number is new. Under the lease and before the deadline; in a
 * turn at most once, and no more under a lease once it is answered. A rescue asks anew.
 */
@Startup
@ApplicationScoped
class FreshSim {

    private final Clock clock;
    private final SimSwapCheck check;
    private final SmsComposer composer;
    private final InFlight inFlight;

    /** @throws WrongSetting if a question could outlast a lease */
    FreshSim(Clock clock, SimSwapCheck check, SmsComposer composer, InFlight inFlight, TransactionConfig transactions) {
        this.clock = clock;
        this.check = check;
        this.composer = composer;
        this.inFlight = inFlight;
        Duration bound = transactions.lease().multipliedBy(2).dividedBy(3);
        if (check.longest().compareTo(bound) > 0) {
            throw new WrongSetting(
                    "pims.risk.sim-swap.timeout", "must not exceed two thirds of pims.transaction.lease");
        }
    }

    /** Returns true if nothing may be sent before the question is asked. */
    boolean mustAsk(SendProgress progress) {
        return check.isOn()
                && !progress.isSimKnown()
                && progress.claim().order().type().equals(SmsCodeType.RESET_PIN.text());
    }

    /** Asks once. Returns {@link NextStep.NextRoad} if the code may go. */
    Uni<NextStep> ask(SendProgress progress, Executor onContext) {
        Claim claim = progress.claim();
        if (progress.isLate(clock.instant())) {
            return Uni.createFrom().item(progress.giveUp());
        }
        if (inFlight.isLost(claim.heldLease())) {
            return Uni.createFrom().item(new NextStep.Abandon());
        }
        if (!inFlight.lasts(claim.heldLease(), check.longest())) {
            // The lease was not renewed: the answer could come when another replica has taken over.
            return Uni.createFrom().item(new NextStep.Retry());
        }
        return check.ask(claim.order().user(), claim.id(), composer.number(claim), onContext)
                .emitOn(onContext)
                .map(verdict -> follow(progress, verdict, clock.instant()));
    }

    private NextStep follow(SendProgress progress, Verdict verdict, Instant now) {
        return switch (verdict) {
            case SEND -> {
                progress.simKnown();
                yield new NextStep.NextRoad();
            }
            case SWAPPED -> progress.withhold(SendProgress.SIM_SWAPPED);
            case UNANSWERED -> progress.simUnknown(now);
            case UNKNOWABLE -> progress.withhold(SendProgress.SIM_UNKNOWN);
        };
    }
}
