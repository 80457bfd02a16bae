package io.pims.authentication.readiness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/** Tells Prometheus what the probe tells the orchestrator: a replica that is not ready is scraped all the same. */
@Startup
@ApplicationScoped
class ReadinessMetrics {

    ReadinessMetrics(MeterRegistry registry, @Readiness ReadinessCheck check) {
        Gauge.builder("pims.ready", () -> check.call().getStatus() == Status.UP ? 1 : 0)
                .register(registry);
    }
}
