package io.pims.authentication.readiness;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Whether the service takes requests: not while it starts and migrates, and not while it shuts down. */
@ApplicationScoped
public class Readiness {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

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

    /** @throws ApiException 503 with 2001 unless the service is ready */
    public void require() {
        if (!isReady()) {
            throw ApiException.of(503, ErrorCode.FACADE_NOT_INITIALIZED).retryAfter(RETRY_AFTER);
        }
    }

    String phase() {
        return phase.name();
    }
}
