package io.pims.authentication.dispatch;

import io.pims.authentication.dispatch.RoadChoice.Breakers;
import io.pims.authentication.dispatch.RoadChoice.Candidate;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.transaction.Claims;
import io.pims.authentication.transaction.InFlight;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** One turn of a transaction: road after road, until one took the SMS or the retry policy has to wait. */
@ApplicationScoped
public class SendTurns {

    /**
     * Longest wait for a turn by a road, if another one may have the SMS: some seconds are enough to see that this road is
     * slower than what is offered to it, and leave most of a deadline to the others.
     */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    /** The breakers of the roads that a transaction may go by. */
    private record States(List<GuardedRoad> roads) implements Breakers {

        @Override
        public boolean isClosed(int road) {
            return roads.get(road).guard().state().isClosed();
        }

        @Override
        public boolean isDue(int road) {
            return roads.get(road).guard().state().isDue();
        }

        @Override
        public boolean mayProbe(int road) {
            return roads.get(road).guard().state().mayProbe();
        }
    }

    private final Clock clock;
    private final DispatchConfig config;
    private final ProviderCalls calls;
    private final Claims claims;
    private final InFlight inFlight;
    private final FreshSim freshSim;
    private volatile boolean stopping;

    SendTurns(
            Clock clock,
            DispatchConfig config,
            ProviderCalls calls,
            Claims claims,
            InFlight inFlight,
            FreshSim freshSim) {
        this.clock = clock;
        this.config = config;
        this.calls = calls;
        this.claims = claims;
        this.inFlight = inFlight;
        this.freshSim = freshSim;
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
        if (!freshSim.mustAsk(progress)) {
            return next(progress, roads, isNew, onContext);
        }
        if (stopping) {
            return Uni.createFrom().item(new NextStep.HandBack());
        }
        return freshSim.ask(progress, onContext)
                .flatMap(step -> step instanceof NextStep.NextRoad
                        ? next(progress, roads, isNew, onContext)
                        : Uni.createFrom().item(step));
    }

    private Uni<NextStep> next(SendProgress progress, List<GuardedRoad> roads, boolean isNew, Executor onContext) {
        Instant now = clock.instant();
        if (progress.isLate(now)) {
            return Uni.createFrom().item(progress.giveUp());
        }
        Optional<Candidate> candidate = progress.nextRoad(new States(roads));
        if (candidate.isEmpty()) {
            return Uni.createFrom().item(progress.giveUp());
        }
        int road = candidate.get().road();
        Uni<NextStep> step = candidate.get().admitted()
                ? inTurn(progress, roads, road, isNew, onContext)
                : Uni.createFrom().item(turnedAway(progress, roads, road));
        return step.flatMap(then -> then instanceof NextStep.NextRoad
                ? next(progress, roads, isNew, onContext)
                : Uni.createFrom().item(then));
    }

    private NextStep turnedAway(SendProgress progress, List<GuardedRoad> roads, int road) {
        return stopping
                ? new NextStep.HandBack()
                : progress.after(road, roads.get(road).guard().lastFailure(), clock.instant());
    }

    private Uni<NextStep> inTurn(
            SendProgress progress, List<GuardedRoad> roads, int road, boolean isNew, Executor onContext) {
        Uni<NextStep> work = Uni.createFrom().deferred(() -> tryNow(progress, roads.get(road), road, onContext));
        Duration longest = Duration.between(clock.instant(), progress.deadline());
        boolean movesOn = longest.compareTo(LONGEST_WAIT) > 0 && progress.hasAlternative(road, new States(roads));
        return roads.get(road)
                .slots()
                .inTurn(
                        isNew,
                        movesOn ? LONGEST_WAIT : longest,
                        movesOn ? NextStep.Crowded::new : progress::giveUp,
                        NextStep.SentAway::new,
                        work.runSubscriptionOn(onContext))
                .emitOn(onContext)
                .map(step -> {
                    if (step instanceof NextStep.SentAway) {
                        return turnedAway(progress, roads, road);
                    }
                    return step instanceof NextStep.Crowded
                            ? progress.after(road, SmsOutcome.tryLater("crowded"), clock.instant())
                            : step;
                });
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
