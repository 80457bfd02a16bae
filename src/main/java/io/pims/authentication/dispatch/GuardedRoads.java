package io.pims.authentication.dispatch;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.risk.SimSwapCheck;
import io.pims.authentication.sms.Road;
import io.pims.authentication.sms.Roads;
import io.pims.authentication.sms.RoutesConfig;
import io.pims.authentication.transaction.TransactionConfig;
import io.pims.authentication.trustedphonenumber.AcceptedNumbersConfig;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The roads of this replica, the first choice first, each with its own slots, pace, breaker and bulkhead. */
@Startup
@ApplicationScoped
class GuardedRoads {

    private final List<GuardedRoad> roads;

    /**
     * @throws WrongSetting if an accepted country has no road, the only road's pace is set beside several, or these lack
     *     the time for failover
     */
    @Inject
    GuardedRoads(
            Roads roads,
            RoutesConfig routes,
            DispatchConfig config,
            TransactionConfig transactions,
            AcceptedNumbersConfig numbers,
            SimSwapCheck check,
            Pool pool,
            Vertx vertx) {
        this(roads.inOrder().stream()
                .map(road -> guarded(road, routes.names().isPresent(), config, pool, vertx))
                .toList());
        Roads.requireNone(
                "pims.dispatch.sends-per-second",
                "sends-per-second",
                routes.names().isPresent() && config.sendsPerSecond().isPresent());
        numbers.countries().stream()
                .map(String::strip)
                .filter(country -> serving(() -> country).isEmpty())
                .sorted()
                .findFirst()
                .ifPresent(country -> {
                    throw new WrongSetting(
                            "pims.sms.routes",
                            "has no road to " + country + ", which is one of pims.trustedphonenumber.countries");
                });
        if (routes.names().isPresent()) {
            RoadTimes.requireCallsInTime(roads.inOrder(), config);
        }
        if (this.roads.size() > 1) {
            RoadTimes.requireFailover(config, transactions, check.longest());
        }
    }

    GuardedRoads(List<GuardedRoad> roads) {
        this.roads = roads;
    }

    /** The only road's breaker has the names of before there were several. */
    private static GuardedRoad guarded(Road road, boolean named, DispatchConfig config, Pool pool, Vertx vertx) {
        int concurrency = road.sender().concurrency();
        Optional<Integer> perSecond = named ? road.sendsPerSecond() : config.sendsPerSecond();
        SendSlots slots = new SendSlots(concurrency, new SendPace(pool, vertx, road.name(), perSecond));
        CallGuard guard = named
                ? new CallGuard("sms-call-" + road.name(), "sms-" + road.name(), concurrency, config, slots::sendAway)
                : new CallGuard("sms-call", "sms-provider", concurrency, config, () -> {});
        return new GuardedRoad(road, slots, guard);
    }

    List<GuardedRoad> inOrder() {
        return roads;
    }

    /**
     * Returns the roads that serve a country.
     *
     * @param country asked only if it makes a difference
     */
    List<GuardedRoad> serving(Supplier<String> country) {
        if (roads.stream().allMatch(road -> road.road().countries().isEmpty())) {
            return roads;
        }
        String known = country.get();
        return roads.stream().filter(road -> road.road().serves(known)).toList();
    }
}
