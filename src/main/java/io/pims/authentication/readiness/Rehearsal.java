package io.pims.authentication.readiness;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * A part of the work for a request, done for nobody before the replica is ready, by the code that does it for drivers. It
 * must leave nothing that looks like a request of a driver: no row, no use of a limit, no metric, no line in the log above
 * DEBUG. It calls nobody but the database and this replica, and holds nothing there for longer than a request would.
 */
public interface Rehearsal {

    /** Between two turns of what asks the database: replicas that start together leave it to those that serve. */
    Duration PAUSE = Duration.ofMillis(5);

    /** Does it once, within some milliseconds once it is warm. It is called from a worker thread, again and again. */
    Uni<Void> once();

    /** The last call: the replica is about to be ready. */
    default void end() {}
}
