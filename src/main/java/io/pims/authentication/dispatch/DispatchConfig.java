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

/** How hard the provider is tried, within the command's deadline ({@code pims.transaction.deadline}). */
@ConfigMapping(prefix = "pims.dispatch")
public interface DispatchConfig {

    /**
     * How long one call of the provider may take. Must stay below two thirds of {@code pims.transaction.lease}, so that
     * a call ends under the lease that it began under, and above the provider client's own timeouts
     * (connect and read together), or a call that the client would have told the end of counts as unanswered.
     */
    @WithDefault("6500ms")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 2)
    Duration attemptTimeout();

    /** Calls whose effect is unknown (no answer, half an answer): each may cost the driver a repeated SMS. */
    @WithDefault("3")
    @Min(1)
    @Max(10)
    int unclearTries();

    /** How often an idle replica looks for what others left behind; a rescue waits this much longer than the lease. */
    @WithDefault("1s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 30)
    Duration pollInterval();

    /** How long a shutdown waits for calls under way. Keep it below the orchestrator's grace period. */
    @WithDefault("10s")
    @DurationMin(seconds = 0)
    @DurationMax(minutes = 5)
    Duration drain();

    /**
     * Calls of the provider in a second, by all replicas together; without it, only the number of the provider's clients
     * bounds them. Above the provider's own limit calls are turned away, and tried again later than they would have been
     * made; too low, codes wait while the provider idles.
     */
    Optional<@Min(1) @Max(10_000) Integer> sendsPerSecond();

    Retry retry();

    Breaker breaker();

    /** The waits between two tries: delay, doubled each time up to the maximum, give or take the jitter. */
    interface Retry {

        /** Tries after the first one, at the most; the deadline usually comes first. */
        @WithDefault("20")
        @Min(0)
        @Max(100)
        int maxRetries();

        /** Before the second try. */
        @WithDefault("500ms")
        @DurationMin(millis = 10)
        @DurationMax(seconds = 30)
        Duration delay();

        /** No wait is longer. Long waits miss the end of a short outage. */
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

        /** Calls that are looked at. */
        @WithDefault("20")
        @Min(2)
        @Max(1_000)
        int requestVolume();

        /** The share of them that must have failed for the breaker to open. */
        @WithDefault("0.5")
        @DecimalMin("0.01")
        @DecimalMax("1.0")
        double failureRatio();

        /** How long it stays open before one call tries again; longer delays the first SMS after an outage. */
        @WithDefault("2s")
        @DurationMin(millis = 100)
        @DurationMax(minutes = 1)
        Duration delay();
    }
}
