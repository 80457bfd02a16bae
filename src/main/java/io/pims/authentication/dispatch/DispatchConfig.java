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
     * How long one call of the provider may take. It must be at most two thirds of {@code pims.transaction.lease}, so
     * that a call ends under the lease that it began under. It should be above the sum of
     * {@code pims.sms.vonage.connect-timeout} and {@code pims.sms.vonage.read-timeout}: else a call that the client
     * would have explained counts as unanswered. With {@code pims.sms.routes} it must not be below that sum of any
     * road.
     */
    @WithDefault("6500ms")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 2)
    Duration attemptTimeout();

    /**
     * Calls whose effect is unknown (no answer, half an answer), for one SMS by one road. Each may cost the driver a
     * repeated SMS. With several roads it is also for how many turns such an SMS stays on its road. So many calls, their
     * waits and one call by another road must fit in {@code pims.transaction.deadline} then.
     */
    @WithDefault("3")
    @Min(1)
    @Max(10)
    int unclearTries();

    /**
     * How often an idle replica looks for transactions that nobody works on. A rescue waits for up to this much longer
     * than the lease.
     */
    @WithDefault("1s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 30)
    Duration pollInterval();

    /**
     * How long a shutdown waits for calls under way. The sum of {@code quarkus.shutdown.delay},
     * {@code quarkus.shutdown.timeout} and this must be below the orchestrator's grace period: 20 s by default.
     */
    @WithDefault("10s")
    @DurationMin(seconds = 0)
    @DurationMax(minutes = 5)
    Duration drain();

    /**
     * Calls of the only road's provider in a second by all replicas together; with {@code pims.sms.routes} each road has
     * its own. Without it only {@code pims.sms.vonage.clients} bounds them. Set it to the account's limit (Vonage: 30
     * unless agreed otherwise). Above it, calls are turned away and tried again later. Below it, codes wait while the
     * provider idles.
     */
    Optional<@Min(1) @Max(10_000) Integer> sendsPerSecond();

    Retry retry();

    Breaker breaker();

    /** The wait between two tries: the delay, doubled each time, plus or minus the jitter, and at most the maximum. */
    interface Retry {

        /** Tries after the first one. The deadline usually comes first. */
        @WithDefault("20")
        @Min(0)
        @Max(100)
        int maxRetries();

        /** Wait before the second try, doubled each time. At most {@code pims.dispatch.retry.max-delay}. */
        @WithDefault("500ms")
        @DurationMin(millis = 10)
        @DurationMax(seconds = 30)
        Duration delay();

        /**
         * Longest wait between two tries. Long waits miss the end of a short outage. At most
         * {@code pims.transaction.deadline}.
         */
        @WithDefault("4s")
        @DurationMin(millis = 10)
        @DurationMax(seconds = 60)
        Duration maxDelay();

        /**
         * Random part of each wait, plus or minus; below {@code pims.transaction.deadline}. It keeps replicas from
         * trying in step.
         */
        @WithDefault("200ms")
        @DurationMin(millis = 0)
        @DurationMax(seconds = 10)
        Duration jitter();
    }

    /** Stops calling a provider that fails, so that its recovery is not met by a crowd. */
    interface Breaker {

        /** Last calls that the circuit breaker looks at. */
        @WithDefault("20")
        @Min(2)
        @Max(1_000)
        int requestVolume();

        /**
         * Share of the last {@code pims.dispatch.breaker.request-volume} calls that must have failed for the circuit
         * breaker to open.
         */
        @WithDefault("0.5")
        @DecimalMin("0.01")
        @DecimalMax("1.0")
        double failureRatio();

        /**
         * How long the circuit breaker stays open before one call tries again. Longer delays the first SMS after an
         * outage.
         */
        @WithDefault("2s")
        @DurationMin(millis = 100)
        @DurationMax(minutes = 1)
        Duration delay();
    }
}
