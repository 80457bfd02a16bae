package io.pims.authentication.dispatch;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.transaction.TransactionConfig;
import io.quarkus.runtime.Startup;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/**
 * The only place that retries (SmallRye Fault Tolerance), with exponential backoff and jitter. Around each call, inside
 * of this, there is the {@link CallGuard} of its road.
 */
@Startup
@ApplicationScoped
public class SendPolicy {

    private final TypedGuard<Uni<NextStep>> retry;

    public SendPolicy(DispatchConfig config, TransactionConfig transactions) {
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

    /** Tries until the next step is another one. Returns {@link NextStep.Retry} if the policy ends first. */
    Uni<NextStep> retrying(Supplier<Uni<NextStep>> attempt) {
        return retry.get(attempt).onFailure(FaultToleranceException.class).recoverWithItem(NextStep.Retry::new);
    }
}
