package io.pims.authentication.dispatch;

import io.pims.authentication.transaction.Claims;
import io.pims.authentication.transaction.InFlight;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executor;

/** One turn of a transaction: road after road, until one took the SMS or the retry policy has to wait. */
@ApplicationScoped
public class SendTurns {

    private final Clock clock;
    private final DispatchConfig config;
    private final ProviderCalls calls;
    private final Claims claims;
    private final InFlight inFlight;
    private volatile boolean stopping;

    SendTurns(Clock clock, DispatchConfig config, ProviderCalls calls, Claims claims, InFlight inFlight) {
        this.clock = clock;
        this.config = config;
        this.calls = calls;
        this.claims = claims;
        this.inFlight = inFlight;
    }

    /** Begins no more tries. What is not under way is handed back. */
    void stop() {
        stopping = true;
    }

    /**
     * Takes a turn.
     *
     * @param roads those that the progress may go by, in its order
     * @param isNew true for a new request, false for the backlog
     */
    Uni<NextStep> take(SendProgress progress, List<GuardedRoad> roads, boolean isNew, Executor onContext) {
        progress.beginTurn();
        return next(progress, roads, isNew, onContext);
    }

    private Uni<NextStep> next(SendProgress progress, List<GuardedRoad> roads, boolean isNew, Executor onContext) {
        Instant now = clock.instant();
        OptionalInt place = progress.nextRoad();
        if (place.isEmpty() || progress.isLate(now)) {
            return Uni.createFrom().item(progress.giveUp());
        }
        int road = place.getAsInt();
        Uni<NextStep> step = isAdmitted(progress, roads, road)
                ? inTurn(progress, roads, road, isNew, onContext)
                : Uni.createFrom().item(turnedAway(progress, roads, road));
        return step.flatMap(then -> then instanceof NextStep.NextRoad
                ? next(progress, roads, isNew, onContext)
                : Uni.createFrom().item(then));
    }

    /**
     * Who has no other road asks the breaker itself. The call that tries a road again may take long, so it is one of a
     * transaction that has all its time before it, or has no better road.
     */
    private static boolean isAdmitted(SendProgress progress, List<GuardedRoad> roads, int road) {
        if (roads.size() == 1) {
            return true;
        }
        boolean mayProbe = progress.isFirstTurn()
                || roads.stream().noneMatch(other -> other.guard().state().isClosed());
        return roads.get(road).guard().state().admits(mayProbe);
    }

    private NextStep turnedAway(SendProgress progress, List<GuardedRoad> roads, int road) {
        return stopping
                ? new NextStep.HandBack()
                : progress.after(road, roads.get(road).guard().lastFailure(), clock.instant());
    }

    private Uni<NextStep> inTurn(
            SendProgress progress, List<GuardedRoad> roads, int road, boolean isNew, Executor onContext) {
        Uni<NextStep> work = Uni.createFrom().deferred(() -> tryNow(progress, roads.get(road), road, onContext));
        return roads.get(road)
                .slots()
                .inTurn(
                        isNew,
                        Duration.between(clock.instant(), progress.deadline()),
                        progress::giveUp,
                        NextStep.SentAway::new,
                        work.runSubscriptionOn(onContext))
                .emitOn(onContext)
                .map(step -> step instanceof NextStep.SentAway ? turnedAway(progress, roads, road) : step);
    }

    private Uni<NextStep> tryNow(SendProgress progress, GuardedRoad guarded, int road, Executor onContext) {
        Instant now = clock.instant();
        if (stopping) {
            return Uni.createFrom().item(new NextStep.HandBack());
        }
        if (progress.isLate(now)) {
            return Uni.createFrom().item(progress.giveUp());
        }
        if (inFlight.isLost(progress.heldLease())) {
            return Uni.createFrom().item(new NextStep.Abandon());
        }
        if (!inFlight.lasts(progress.heldLease(), config.attemptTimeout())) {
            // The lease was not renewed: a call now could still run when another replica takes over.
            return Uni.createFrom().item(new NextStep.Retry());
        }
        return counted(progress)
                .flatMap(ours -> ours
                        ? guarded.guard()
                                .call(() -> calls.make(progress, guarded.road(), onContext))
                                .map(outcome -> progress.after(road, outcome, clock.instant()))
                        : Uni.createFrom().item(new NextStep.Abandon()));
    }

    /** Counts the call in the database before it is made. Returns false if the lease is lost. */
    private Uni<Boolean> counted(SendProgress progress) {
        return progress.isCounted()
                ? Uni.createFrom().item(true)
                : claims.retry(progress.claim(), progress.unwrittenAttempt()).invoke(ours -> {
                    if (ours) {
                        progress.counted();
                    }
                });
    }
}
