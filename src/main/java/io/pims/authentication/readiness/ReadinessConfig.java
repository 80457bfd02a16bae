package io.pims.authentication.readiness;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The time without a connection to the database after which a replica says that it is not ready. */
@ConfigMapping(prefix = "pims.readiness")
public interface ReadinessConfig {

    /**
     * The time that the pool may give nothing while the database answers beside it. That is this replica's own trouble,
     * and another one does better. Must be longer than a burst of requests may keep all connections.
     */
    @WithDefault("30s")
    @DurationMin(seconds = 20)
    @DurationMax(hours = 1)
    Duration poolPatience();

    /**
     * The time that the pool may give nothing while the database does not answer either. That is mostly everybody's
     * trouble: if all replicas are not ready, clients get the load balancer's answer in the place of ours. But where
     * one replica alone has lost the way, nothing else takes it out.
     */
    @WithDefault("2m")
    @DurationMin(seconds = 20)
    @DurationMax(days = 1)
    Duration outagePatience();
}
