package io.pims.authentication.readiness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Tells the orchestrator if the service takes requests and the pool gives connections. Asks no database: a probe must
 * not add to its troubles. Tells Prometheus the same: a replica that is not ready is scraped all the same.
 */
@org.eclipse.microprofile.health.Readiness
@Startup
@ApplicationScoped
public class ReadinessCheck implements HealthCheck {

    private final Readiness readiness;
    private final PoolProbe probe;

    public ReadinessCheck(Readiness readiness, PoolProbe probe, MeterRegistry registry) {
        this.readiness = readiness;
        this.probe = probe;
        Gauge.builder("pims.ready", this, check -> check.isReady() ? 1 : 0).register(registry);
    }

    private boolean isReady() {
        return readiness.isReady() && probe.state() == ConnectionSupply.State.ENOUGH;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("service")
                .status(isReady())
                .withData("phase", readiness.phase())
                .withData("connections", probe.state().name())
                .build();
    }
}
