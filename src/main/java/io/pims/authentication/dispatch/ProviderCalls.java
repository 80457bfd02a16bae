package io.pims.authentication.dispatch;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsSender;
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

/** The calls of the provider that are under way. */
@ApplicationScoped
public class ProviderCalls {

    private final Clock clock;
    private final DispatchConfig config;
    private final SmsComposer composer;
    private final SmsSender sender;
    private final InFlight inFlight;
    private final DispatchMetrics metrics;
    private final Set<HeldLease> underWay = ConcurrentHashMap.newKeySet();

    ProviderCalls(
            Clock clock,
            DispatchConfig config,
            SmsComposer composer,
            SmsSender sender,
            InFlight inFlight,
            DispatchMetrics metrics) {
        this.clock = clock;
        this.config = config;
        this.composer = composer;
        this.sender = sender;
        this.inFlight = inFlight;
        this.metrics = metrics;
    }

    /** What the provider is called for at this moment. */
    Set<HeldLease> underWay() {
        return Set.copyOf(underWay);
    }

    /** Makes one call; fails if its SMS can't be composed. */
    Uni<SmsOutcome> make(SendProgress delivery, Executor onContext) {
        Instant began = clock.instant();
        Sms sms = composer.compose(delivery.claim(), delivery.codeLives(began));
        Span span = Spans.below(Span.current(), "sms send", SpanKind.CLIENT);
        Spans.about(span, delivery.claim().id());
        return Uni.createFrom()
                .deferred(() -> {
                    delivery.calling(began);
                    underWay.add(delivery.hold());
                    return sender.send(sms, longest -> mayLeave(delivery, longest));
                })
                .emitOn(onContext)
                .invoke(outcome -> {
                    metrics.called(outcome, Duration.between(began, clock.instant()));
                    span.setAttribute("sms.outcome", outcome.kind().name());
                    span.setAttribute("sms.provider_status", outcome.providerStatus());
                })
                .onTermination()
                .invoke(() -> {
                    span.end();
                    underWay.remove(delivery.hold());
                });
    }

    /** A process can be stopped at any point: since the look before the call, another one may have taken over. */
    private boolean mayLeave(SendProgress delivery, Duration longest) {
        Duration left = longest.compareTo(config.attemptTimeout()) < 0 ? longest : config.attemptTimeout();
        return inFlight.lasts(delivery.hold(), left) && !delivery.isLate(clock.instant());
    }
}
