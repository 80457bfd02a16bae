package io.pims.authentication.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Calls of the provider and their retries, within {@code pims.transaction.deadline}. */
@ConfigMapping(prefix = "pims.dispatch")
public interface DispatchConfig {

    /**
     * The longest call of the provider. It must stay below two thirds of {@code pims.transaction.lease}, so that
     * a call ends under the lease that it began under. It must stay above the provider client's own timeouts (connect and
     * read together), or a call that the client would have explained counts as unanswered.
     */
    @WithDefault("6500ms")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 2)
    Duration attemptTimeout();

    /** Calls with an unknown effect (no answer, half an answer). Each may cost the driver a repeated SMS. */
    @WithDefault("3")
    @Min(1)
    @Max(10)
    int unclearTries();

    /** The pause after which an idle replica looks for work that others left. A rescue waits this much longer than the lease. */
    @WithDefault("1s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 30)
    Duration pollInterval();

    /** The longest wait of a shutdown for calls under way. Keep it below the orchestrator's grace period. */
    @WithDefault("10s")
    @DurationMin(seconds = 0)
    @DurationMax(minutes = 5)
    Duration drain();

    /**
     * Calls of the provider in a second, by all replicas together. Without it only the number of the provider's clients
     * limits them. Above the provider's own limit calls are refused and retried late. Too low, codes wait while the provider
     * is idle.
     */
    Optional<@Min(1) @Max(10_000) Integer> sendsPerSecond();

    Retry retry();

    Breaker breaker();

    /** The pause between two tries: the delay, doubled each time up to the maximum, plus or minus the jitter. */
    interface Retry {

        /** Tries after the first one. The deadline usually comes first. */
        @WithDefault("20")
        @Min(0)
        @Max(100)
        int maxRetries();

        /** The pause before the second try. */
        @WithDefault("500ms")
        @DurationMin(millis = 10)
        @DurationMax(seconds = 30)
        Duration delay();

        /** The longest pause. Long pauses miss the end of a short outage. */
        @WithDefault("4s")
        @DurationMin(millis = 10)
        @DurationMax(seconds = 60)
        Duration maxDelay();

        /** Keeps replicas from trying in step. */
        @WithDefault("200ms")
        @DurationMin(millis = 0)
        @DurationMax(seconds = 10)
        Duration jitter();
    }

    /** Stops calling a provider that fails, so that its recovery is not met by a crowd. */
    interface Breaker {

        /** The last calls that count. */
        @WithDefault("20")
        @Min(2)
        @Max(1_000)
        int requestVolume();

        /** The share of failed calls that opens the breaker. */
        @WithDefault("0.5")
        @DecimalMin("0.01")
        @DecimalMax("1.0")
        double failureRatio();

        /** The time that it stays open before one call tries again. Longer delays the first SMS after an outage. */
        @WithDefault("2s")
        @DurationMin(millis = 100)
        @DurationMax(minutes = 1)
        Duration delay();
    }
}
