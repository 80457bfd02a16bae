package io.pims.authentication.readiness;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells if the service takes requests: not while it starts and migrates, and not while it shuts down. */
@ApplicationScoped
public class Readiness {

    private enum Phase {
        STARTING,
        READY,
        STOPPING
    }

    private volatile Phase phase = Phase.STARTING;

    void ready() {
        if (phase == Phase.STARTING) {
            phase = Phase.READY;
        }
    }

    void delayed(@Observes ShutdownDelayInitiatedEvent event) {
        phase = Phase.STOPPING;
    }

    void stopping(@Observes ShutdownEvent event) {
        phase = Phase.STOPPING;
    }

    public boolean isReady() {
        return phase == Phase.READY;
    }

    String phase() {
        return phase.name();
    }
}
