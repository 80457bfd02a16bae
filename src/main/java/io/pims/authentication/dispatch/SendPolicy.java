package io.pims.authentication.dispatch;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import io.pims.authentication.sms.SmsSender;
import io.pims.authentication.transaction.TransactionConfig;
import io.quarkus.runtime.Startup;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * The only place that retries calls of the provider (SmallRye Fault Tolerance): timeout, circuit breaker and bulkhead
 * around each call, and retry with exponential backoff and jitter around these.
 */
@Startup
@ApplicationScoped
public class SendPolicy {

    /** The breaker's name, by which its state is found. */
    static final String BREAKER = "sms-provider";

    private final TypedGuard<Uni<SmsOutcome>> call;
    private final TypedGuard<Uni<NextStep>> retry;
    private volatile SmsOutcome lastFailure = SmsOutcome.unreachable("none");

    public SendPolicy(DispatchConfig config, TransactionConfig transactions, SmsSender sender) {
        // The guards themselves would refuse these settings only at the first SMS.
        Duration deadline = transactions.deadline();
        Duration maxDelay = config.retry().maxDelay();
        requireAtMost(
                config.attemptTimeout(),
                "pims.dispatch.attempt-timeout",
                transactions.lease().multipliedBy(2).dividedBy(3),
                "two thirds of pims.transaction.lease");
        requireAtMost(config.retry().delay(), "pims.dispatch.retry.delay", maxDelay, "pims.dispatch.retry.max-delay");
        requireAtMost(maxDelay, "pims.dispatch.retry.max-delay", deadline, "pims.transaction.deadline");
        requireAtMost(
                config.retry().jitter(),
                "pims.dispatch.retry.jitter",
                deadline.minusNanos(1),
                "pims.transaction.deadline, or reach it");
        this.call = TypedGuard.create(new TypeLiteral<Uni<SmsOutcome>>() {})
                .withDescription("sms-call")
                .withTimeout()
                .duration(config.attemptTimeout().toMillis(), ChronoUnit.MILLIS)
                .done()
                .withBulkhead()
                .limit(sender.concurrency())
                .queueSize(1)
                .done()
                .withCircuitBreaker()
                .name(BREAKER)
                .requestVolumeThreshold(config.breaker().requestVolume())
                .failureRatio(config.breaker().failureRatio())
                .delay(config.breaker().delay().toMillis(), ChronoUnit.MILLIS)
                .when(failure -> failure instanceof ProviderFailure || failure instanceof TimeoutException)
                .done()
                .build();
        this.retry = TypedGuard.create(new TypeLiteral<Uni<NextStep>>() {})
                .withDescription("sms-retry")
                .withRetry()
                .maxRetries(config.retry().maxRetries())
                .delay(config.retry().delay().toMillis(), ChronoUnit.MILLIS)
                .jitter(config.retry().jitter().toMillis(), ChronoUnit.MILLIS)
                .maxDuration(deadline.toMillis(), ChronoUnit.MILLIS)
                .whenResult(NextStep.Retry.class::isInstance)
                .whenException(failure -> false)
                .withExponentialBackoff()
                .maxDelay(maxDelay.toMillis(), ChronoUnit.MILLIS)
                .done()
                .done()
                .build();
    }

    private static void requireAtMost(Duration value, String key, Duration bound, String boundName) {
        if (value.compareTo(bound) > 0) {
            throw new WrongSetting(key, "must not exceed " + boundName);
        }
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

    /** Tries until the next step is another one. Returns {@link NextStep.Retry} if the policy ends first. */
    Uni<NextStep> retrying(Supplier<Uni<NextStep>> attempt) {
        return retry.get(attempt).onFailure(FaultToleranceException.class).recoverWithItem(NextStep.Retry::new);
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
