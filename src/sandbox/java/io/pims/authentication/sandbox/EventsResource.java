package io.pims.authentication.sandbox;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What happens inside, as server-sent events: each is a whole {@link Snapshots snapshot}, told when it differs from the
 * one before. A listener that is slow misses the ones between.
 */
@Path("/sandbox/events")
@PermitAll
@IfBuildProfile(anyOf = {"dev", "test"})
public class EventsResource {

    static final int MOST_STREAMS = 16;

    /** Below the idle time-outs of connections, so that a quiet stream is told from a dead one. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Snapshots snapshots;
    private final Semaphore places = new Semaphore(MOST_STREAMS);

    EventsResource(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> watch(@Context Sse sse) {
        if (!places.tryAcquire()) {
            throw ApiException.of(503, ErrorCode.SERVER_ERROR);
        }
        Multi<OutboundSseEvent> changes =
                snapshots.changes().map(json -> sse.newEventBuilder().data(json).build());
        Multi<OutboundSseEvent> heartbeats = Multi.createFrom()
                .ticks()
                .every(HEARTBEAT)
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("still here").build());
        return Multi.createBy()
                .merging()
                .withRequests(1)
                .streams(changes, heartbeats)
                .onTermination()
                .invoke(places::release);
    }
}
