package io.pims.authentication.dispatch;

import io.pims.authentication.sms.Road;
import io.pims.authentication.sms.Roads;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The roads of this replica, the first choice first, each with its own slots, pace, breaker and bulkhead. */
@Startup
@ApplicationScoped
class GuardedRoads {

    private final List<GuardedRoad> roads;

    @Inject
    GuardedRoads(Roads roads, DispatchConfig config, Pool pool, Vertx vertx) {
        this(roads.inOrder().stream()
                .map(road -> guarded(road, config, pool, vertx))
                .toList());
    }

    GuardedRoads(List<GuardedRoad> roads) {
        this.roads = roads;
    }

    private static GuardedRoad guarded(Road road, DispatchConfig config, Pool pool, Vertx vertx) {
        int concurrency = road.sender().concurrency();
        return new GuardedRoad(
                road,
                new SendSlots(concurrency, new SendPace(pool, vertx, config.sendsPerSecond())),
                new CallGuard("sms-call", "sms-provider", concurrency, config));
    }

    List<GuardedRoad> inOrder() {
        return roads;
    }
}
