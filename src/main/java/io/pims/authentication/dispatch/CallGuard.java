package io.pims.authentication.dispatch;

import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/** Timeout, circuit breaker and bulkhead around each call by one road (SmallRye Fault Tolerance). */
final class CallGuard {

    private final TypedGuard<Uni<SmsOutcome>> call;
    private final BreakerState state;
    private volatile SmsOutcome lastFailure = SmsOutcome.unreachable("none");

    /**
     * @param description by which its metrics are found
     * @param breaker by which the state of its circuit breaker is found
     * @param concurrency calls at once
     * @param onOpen runs each time that the circuit breaker opens
     */
    CallGuard(String description, String breaker, int concurrency, DispatchConfig config, Runnable onOpen) {
        this(
                new BreakerState(config.breaker().delay(), System::nanoTime),
                state -> build(description, breaker, concurrency, config, to -> {
                    state.changed(to);
                    if (to == CircuitBreakerState.OPEN) {
                        onOpen.run();
                    }
                }));
    }

    CallGuard(BreakerState state, Function<BreakerState, TypedGuard<Uni<SmsOutcome>>> call) {
        this.state = state;
        this.call = call.apply(state);
    }

    private static TypedGuard<Uni<SmsOutcome>> build(
            String description,
            String breaker,
            int concurrency,
            DispatchConfig config,
            Consumer<CircuitBreakerState> onStateChange) {
        return TypedGuard.create(new TypeLiteral<Uni<SmsOutcome>>() {})
                .withDescription(description)
                .withTimeout()
                .duration(config.attemptTimeout().toMillis(), ChronoUnit.MILLIS)
                .done()
                .withBulkhead()
                .limit(concurrency)
                .queueSize(1)
                .done()
                .withCircuitBreaker()
                .name(breaker)
                .requestVolumeThreshold(config.breaker().requestVolume())
                .failureRatio(config.breaker().failureRatio())
                .delay(config.breaker().delay().toMillis(), ChronoUnit.MILLIS)
                .onStateChange(onStateChange)
                .when(failure -> failure instanceof ProviderFailure || failure instanceof TimeoutException)
                .done()
                .build();
    }

    BreakerState state() {
        return state;
    }

    /** Returns the outcome that opened the circuit breaker, for whoever meets it open. */
    SmsOutcome lastFailure() {
        return lastFailure;
    }

    /** Makes one call under timeout, breaker and bulkhead. Their refusals are outcomes too. */
    Uni<SmsOutcome> call(Supplier<Uni<SmsOutcome>> send) {
        return call.get(() -> send.get().invoke(outcome -> {
                    if (isProvidersFailure(outcome.kind())) {
                        throw new ProviderFailure(outcome);
                    }
                }))
                .onFailure(ProviderFailure.class)
                .recoverWithItem(failure -> failure.outcome)
                .onFailure(TimeoutException.class)
                .recoverWithItem(SmsOutcome.noAnswer("timeout"))
                .invoke(outcome -> {
                    if (isProvidersFailure(outcome.kind())) {
                        lastFailure = outcome;
                    }
                })
                .onFailure(CircuitBreakerOpenException.class)
                .recoverWithItem(() -> lastFailure)
                .onFailure(BulkheadException.class)
                .recoverWithItem(SmsOutcome.tryLater("bulkhead"));
    }

    private static boolean isProvidersFailure(Kind kind) {
        return kind == Kind.UNREACHABLE || kind == Kind.NO_ANSWER || kind == Kind.FAULT;
    }

    private static final class ProviderFailure extends RuntimeException {

        private final transient SmsOutcome outcome;

        private ProviderFailure(SmsOutcome outcome) {
            super(outcome.kind().name(), null, false, false);
            this.outcome = outcome;
        }
    }
}
