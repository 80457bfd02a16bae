package io.pims.authentication.readiness;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Tells the orchestrator what {@link Readiness} says, and whether connections can be had. Asks no database: a probe must
 * not add to its troubles.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class ReadinessCheck implements HealthCheck {

    private final Readiness readiness;
    private final PoolProbe watch;

    public ReadinessCheck(Readiness readiness, PoolProbe watch) {
        this.readiness = readiness;
        this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
        ConnectionSupply.State supply = watch.state();
        return HealthCheckResponse.named("service")
                .status(readiness.isReady() && supply == ConnectionSupply.State.ENOUGH)
                .withData("phase", readiness.phase())
                .withData("connections", supply.name())
                .build();
    }
}
