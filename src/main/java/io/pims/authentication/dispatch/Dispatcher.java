package io.pims.authentication.dispatch;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.pims.authentication.dispatch.NextStep.Failed;
import io.pims.authentication.dispatch.NextStep.Sent;
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
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Brings each claim to a final state: hands its SMS to the sender under the policy, and writes what came of it. No
 * database transaction is open meanwhile.
 */
@ApplicationScoped
public class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final Duration FIRST_REWRITE = Duration.ofMillis(100);
    private static final Duration LONGEST_REWRITE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Clock clock;
    private final DispatchConfig config;
    private final ProviderCalls calls;
    private final SendPolicy policy;
    private final SendSlots slots;
    private final Claims claims;
    private final TransactionFinisher endings;
    private final InFlight inFlight;
    private final DispatchMetrics metrics;
    private volatile boolean stopping;

    Dispatcher(
            Vertx vertx,
            Clock clock,
            DispatchConfig config,
            ProviderCalls calls,
            SendPolicy policy,
            SendSlots slots,
            Claims claims,
            TransactionFinisher endings,
            InFlight inFlight,
            DispatchMetrics metrics) {
        this.vertx = vertx;
        this.clock = clock;
        this.config = config;
        this.calls = calls;
        this.policy = policy;
        this.slots = slots;
        this.claims = claims;
        this.endings = endings;
        this.inFlight = inFlight;
        this.metrics = metrics;
    }

    /** Takes over what was recorded just now. */
    void deliverNew(@Observes Claim claim) {
        deliver(claim, true);
    }

    /**
     * Takes a claim over, on a context of its own: the request that it comes from may be over first.
     *
     * @param isNew whether it comes from a request of just now, and not from the backlog
     * @return completes when the claim is worked off, however it ends
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
            SendProgress delivery = new SendProgress(claim, config.unclearTries(), clock.instant());
            metrics.began(delivery);
            Executor onContext = task -> context.runOnContext(run -> task.run());
            Uni.createFrom()
                    .deferred(() -> policy.retrying(() -> attempt(delivery, isNew, onContext)))
                    .emitOn(onContext)
                    .flatMap(step -> finish(delivery, step))
                    .onFailure()
                    .invoke(failure -> LOG.error("Left for the rescuer", failure))
                    .onTermination()
                    .invoke(() -> {
                        inFlight.release(claim.hold());
                        metrics.ended(delivery);
                        span.end();
                        done.complete(null);
                    })
                    .subscribe()
                    .with(ended -> {}, failure -> {});
        });
        return done;
    }

    /** From now on no try begins: what is not under way is let go. */
    void stop() {
        stopping = true;
    }

    private Uni<NextStep> attempt(SendProgress delivery, boolean isNew, Executor onContext) {
        Instant now = clock.instant();
        if (delivery.isLate(now)) {
            return Uni.createFrom().item(delivery.giveUp());
        }
        Uni<NextStep> work = Uni.createFrom().deferred(() -> tryNow(delivery, onContext));
        return slots.inTurn(
                        isNew,
                        Duration.between(now, delivery.deadline()),
                        delivery::giveUp,
                        work.runSubscriptionOn(onContext))
                .emitOn(onContext);
    }

    private Uni<NextStep> tryNow(SendProgress delivery, Executor onContext) {
        Instant now = clock.instant();
        if (stopping) {
            return Uni.createFrom().item(new NextStep.HandBack());
        }
        if (delivery.isLate(now)) {
            return Uni.createFrom().item(delivery.giveUp());
        }
        if (inFlight.isLost(delivery.hold())) {
            return Uni.createFrom().item(new NextStep.LetGo());
        }
        if (!inFlight.lasts(delivery.hold(), config.attemptTimeout())) {
            // The renewal did not get through; a call now could still run when another replica takes over.
            return Uni.createFrom().item(new NextStep.Again());
        }
        return counted(delivery)
                .flatMap(ours -> ours
                        ? policy.call(() -> calls.make(delivery, onContext))
                                .map(outcome -> delivery.after(outcome, clock.instant()))
                        : Uni.createFrom().item(new NextStep.LetGo()));
    }

    /** Counts the call in the database before it is made; false if the transaction is not ours any more. */
    private Uni<Boolean> counted(SendProgress delivery) {
        return delivery.isCounted() ? Uni.createFrom().item(true) : claims.retry(delivery.claim(), delivery.trace());
    }

    private Uni<Boolean> finish(SendProgress delivery, NextStep step) {
        Claim claim = delivery.claim();
        if (step instanceof Sent sent) {
            LOG.infof(
                    "SMS handed over, provider's message id %s", sent.outcome().messageId());
            return persistently(endings.succeed(claim, sent.outcome().messageId(), delivery.trace()))
                    .invoke(ours -> {
                        if (ours) {
                            metrics.sent(delivery);
                        }
                    });
        }
        if (step instanceof Failed failed) {
            return fail(delivery, failed);
        }
        if (step instanceof NextStep.HandBack) {
            // Tried once: if it fails, the lease ends all the same.
            return claims.handBack(claim);
        }
        return step instanceof NextStep.Again
                ? fail(delivery, delivery.giveUp())
                : Uni.createFrom().item(false);
    }

    private Uni<Boolean> fail(SendProgress delivery, Failed failed) {
        LOG.warnf(
                "No SMS: %d %s; %s",
                failed.error().code(),
                failed.error().label(null),
                delivery.trace() == null ? "too late for a try" : "last " + delivery.trace());
        return persistently(endings.fail(delivery.claim(), failed.error(), delivery.trace()))
                .invoke(ours -> {
                    if (ours) {
                        metrics.failed(failed.error(), delivery.lastOutcome());
                    }
                });
    }

    /** A database that is away for a moment must not cost the driver a second SMS. */
    private Uni<Boolean> persistently(Uni<Boolean> write) {
        return write.onFailure()
                .retry()
                .withBackOff(FIRST_REWRITE, LONGEST_REWRITE)
                .expireIn(Duration.ofMinutes(2).toMillis());
    }
}
