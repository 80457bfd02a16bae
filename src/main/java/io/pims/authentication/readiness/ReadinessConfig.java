package io.pims.authentication.readiness;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** When a replica says that it is ready: warm, and given connections to the database. */
@ConfigMapping(prefix = "pims.readiness")
public interface ReadinessConfig {

    /**
     * How long the pool may give no connection while the database answers, before the replica is not ready:
     * {@code run.md#probes}. That is this replica's own trouble, and another one does better. It must be longer than a
     * burst of requests may keep all connections.
     */
    @WithDefault("30s")
    @DurationMin(seconds = 20)
    @DurationMax(hours = 1)
    Duration poolPatience();

    /**
     * How long the pool may give no connection while the database does not answer either, before the replica is not
     * ready: {@code run.md#probes}. In an outage for all it takes all replicas out, and clients get the gateway's
     * answer in place of ours. But where one replica alone has lost the way, nothing else takes it out.
     */
    @WithDefault("2m")
    @DurationMin(seconds = 20)
    @DurationMax(days = 1)
    Duration outagePatience();

    /**
     * For how long a replica that could be ready rehearses first: sends itself requests that end in a refusal, checks a
     * token, and admits made-up drivers in SQL transactions that it rolls back. The JVM compiles what it has seen often,
     * so the first drivers are not the ones who wait for that. Each start takes as much longer. What it brings:
     * {@code decisions.md#a-replica-can-rehearse-before-it-is-ready}. 0 switches it off; a native executable never
     * rehearses: {@code run.md#warm-up}.
     */
    @WithDefault("5s")
    @DurationMin(seconds = 0)
    @DurationMax(minutes = 2)
    Duration warmUp();
}
