package io.pims.authentication.dispatch;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.pims.authentication.sms.Road;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.tracing.Spans;
import io.pims.authentication.transaction.HeldLease;
import io.pims.authentication.transaction.InFlight;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Calls the provider, and knows which calls are under way. */
@ApplicationScoped
public class ProviderCalls {

    private final Clock clock;
    private final DispatchConfig config;
    private final SmsComposer composer;
    private final InFlight inFlight;
    private final DispatchMetrics metrics;
    private final Set<HeldLease> underWay = ConcurrentHashMap.newKeySet();

    ProviderCalls(
            Clock clock, DispatchConfig config, SmsComposer composer, InFlight inFlight, DispatchMetrics metrics) {
        this.clock = clock;
        this.config = config;
        this.composer = composer;
        this.inFlight = inFlight;
        this.metrics = metrics;
    }

    /** Returns the leases whose call is under way. */
    Set<HeldLease> underWay() {
        return Set.copyOf(underWay);
    }

    /** Makes one call. Fails if the SMS can't be composed. */
    Uni<SmsOutcome> make(SendProgress progress, Road road, Executor onContext) {
        Instant began = clock.instant();
        Sms sms = composer.compose(progress.claim(), road, progress.codeLifetimeLeft(began));
        Span span = Spans.below(Span.current(), "sms send", SpanKind.CLIENT);
        Spans.about(span, progress.claim().id());
        span.setAttribute("sms.road", road.name());
        return Uni.createFrom()
                .deferred(() -> {
                    progress.calling(began);
                    underWay.add(progress.heldLease());
                    return road.sender().send(sms, longest -> mayLeave(progress, longest));
                })
                .emitOn(onContext)
                .invoke(outcome -> {
                    metrics.called(road, outcome, Duration.between(began, clock.instant()));
                    span.setAttribute("sms.outcome", outcome.kind().name());
                    span.setAttribute("sms.provider_status", outcome.providerStatus());
                })
                .onTermination()
                .invoke(() -> {
                    span.end();
                    underWay.remove(progress.heldLease());
                });
    }

    /** Checks again just before the SMS leaves: a process may stop at any point, and another replica take over. */
    private boolean mayLeave(SendProgress progress, Duration longest) {
        Duration left = longest.compareTo(config.attemptTimeout()) < 0 ? longest : config.attemptTimeout();
        return inFlight.lasts(progress.heldLease(), left) && !progress.isLate(clock.instant());
    }
}
