package io.pims.authentication.dispatch;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.pims.authentication.dispatch.NextStep.Failed;
import io.pims.authentication.dispatch.NextStep.Sent;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.outcome.TransactionFinisher;
import io.pims.authentication.tracing.Spans;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.Claims;
import io.pims.authentication.transaction.InFlight;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Brings each claim to a final state: sends its SMS under the policy, and writes the outcome. No SQL transaction is open
 * meanwhile.
 */
@ApplicationScoped
public class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final Duration FIRST_REWRITE = Duration.ofMillis(100);
    private static final Duration LONGEST_REWRITE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Clock clock;
    private final DispatchConfig config;
    private final SmsComposer composer;
    private final SendPolicy policy;
    private final GuardedRoads roads;
    private final SendTurns turns;
    private final Claims claims;
    private final TransactionFinisher finisher;
    private final InFlight inFlight;
    private final DispatchMetrics metrics;

    Dispatcher(
            Vertx vertx,
            Clock clock,
            DispatchConfig config,
            SmsComposer composer,
            SendPolicy policy,
            GuardedRoads roads,
            SendTurns turns,
            Claims claims,
            TransactionFinisher finisher,
            InFlight inFlight,
            DispatchMetrics metrics) {
        this.vertx = vertx;
        this.clock = clock;
        this.config = config;
        this.composer = composer;
        this.policy = policy;
        this.roads = roads;
        this.turns = turns;
        this.claims = claims;
        this.finisher = finisher;
        this.inFlight = inFlight;
        this.metrics = metrics;
    }

    /** Takes over a transaction that this replica has just recorded. */
    void deliverNew(@Observes Claim claim) {
        deliver(claim, true);
    }

    /**
     * Takes a claim over, on a Vert.x context of its own: the request behind it may be over first.
     *
     * @param isNew true if it was just recorded, false if it comes from the backlog
     * @return completes when the work on the claim has ended, however it ends
     */
    CompletableFuture<Void> deliver(Claim claim, boolean isNew) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        context.runOnContext(start -> {
            MDC.put(RequestIds.LOG_KEY, claim.id());
            if (claim.lease() > 1) {
                LOG.infof("Rescued transaction %s, lease %d", claim.id(), claim.lease());
            }
            Span span = Spans.below(claim.order().traceParent(), "sms deliver", SpanKind.INTERNAL);
            Spans.about(span, claim.id());
            Spans.enter(span);
            SendProgress progress = new SendProgress(claim, config.unclearTries(), clock.instant());
            metrics.began(progress);
            Executor onContext = task -> context.runOnContext(run -> task.run());
            Uni.createFrom()
                    .deferred(() -> send(progress, isNew, onContext))
                    .emitOn(onContext)
                    .flatMap(step -> finish(progress, step))
                    .onFailure()
                    .invoke(failure -> LOG.error("Left for the rescuer", failure))
                    .onTermination()
                    .invoke(() -> {
                        inFlight.release(claim.heldLease());
                        metrics.ended(progress);
                        span.end();
                        done.complete(null);
                    })
                    .subscribe()
                    .with(ended -> {}, failure -> {});
        });
        return done;
    }

    private Uni<NextStep> send(SendProgress progress, boolean isNew, Executor onContext) {
        List<GuardedRoad> serving = roads.serving(() -> composer.country(progress.claim()));
        progress.goBy(serving.stream().map(road -> road.road().name()).toList());
        return policy.retrying(() -> turns.take(progress, serving, isNew, onContext));
    }

    private Uni<Boolean> finish(SendProgress progress, NextStep step) {
        Claim claim = progress.claim();
        if (step instanceof Sent sent) {
            String messageId = sent.outcome().messageId();
            LOG.infof("SMS handed over by %s, provider's message id %s", sent.road(), messageId);
            return persistently(
                    finisher.succeed(claim, messageId, progress.unwrittenAttempt()), () -> metrics.sent(progress));
        }
        if (step instanceof NextStep.HandBack) {
            // Tried once: if it fails, the lease ends anyway.
            return claims.handBack(claim, progress.unwrittenAttempt()).replaceWith(true);
        }
        if (step instanceof Failed failed) {
            return fail(progress, failed.error());
        }
        return step instanceof NextStep.Retry
                ? fail(progress, progress.giveUp().error())
                : Uni.createFrom().item(false);
    }

    private Uni<Boolean> fail(SendProgress progress, ErrorCode error) {
        LOG.warnf("No SMS: %d %s; %s", error.code(), error.label(null), progress.reason());
        return persistently(
                finisher.fail(progress.claim(), error, progress.unwrittenAttempt()),
                () -> metrics.failed(error, progress.lastOutcome()));
    }

    /** Retries the write: a short outage of the database must not cost the driver a second SMS. */
    private static Uni<Boolean> persistently(Uni<Boolean> write, Runnable count) {
        return write.onFailure()
                .retry()
                .withBackOff(FIRST_REWRITE, LONGEST_REWRITE)
                .expireIn(Duration.ofMinutes(2).toMillis())
                .invoke(ours -> {
                    if (ours) {
                        count.run();
                    }
                });
    }
}
