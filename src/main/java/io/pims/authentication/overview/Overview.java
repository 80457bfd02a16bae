package io.pims.authentication.overview;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pims.authentication.ratelimit.Limit;
import io.pims.authentication.ratelimit.RateLimitConfig;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The state of this replica and of the queue, from the numbers that Prometheus gets; asks the database for nothing. */
@ApplicationScoped
class Overview {

    /** The best one first; as SmallRye Fault Tolerance calls them. */
    private static final List<String> BREAKER_STATES = List.of("closed", "halfOpen", "open");

    private final MeterRegistry registry;
    private final RateLimitConfig limits;

    Overview(MeterRegistry registry, RateLimitConfig limits) {
        this.registry = registry;
        this.limits = limits;
    }

    JsonObject json() {
        return new JsonObject()
                .put(
                        "queue",
                        object("waiting", whole("pims.queue.depth", "state", "waiting"))
                                .put("leased", whole("pims.queue.depth", "state", "leased"))
                                .put("oldestSeconds", whole("pims.queue.oldest.age")))
                .put(
                        "places",
                        object("inFlight", whole("pims.in.flight"))
                                .put("places", whole("pims.in.flight.places"))
                                .put("callsRunning", sum("pims.sms.calls.running"))
                                .put("callsWaiting", sum("pims.sms.calls.waiting"))
                                .put("callsLimit", sum("pims.sms.calls.limit")))
                .put("breaker", breaker())
                .put("roads", roads())
                .put("budgetLeft", by("span", gauges("pims.budget.left"), Gauge::value))
                .put("budgetAlert", by("span", gauges("pims.budget.alert"), Gauge::value))
                .put("limits", limits())
                .put("sinceStart", sinceStart());
    }

    private JsonObject sinceStart() {
        return object("answersByCode", by("code", counters("pims.requests"), Counter::count))
                .put("transactionsByOutcome", by("outcome", counters("pims.transactions"), Counter::count))
                .put("refusalsByLimit", by("limit", counters("pims.ratelimit.refusals"), Counter::count))
                .put("overrunsByBudget", by("limit", counters("pims.budget.overruns"), Counter::count))
                .put("guessesByVerdict", by("verdict", counters("pims.smscode.guesses"), Counter::count))
                .put("receiptsByResult", by("result", counters("pims.receipts"), Counter::count))
                .put("leasesRescued", total(counters("pims.leases.rescued")));
    }

    private JsonObject limits() {
        JsonObject configured = new JsonObject();
        limits(limits.userAndType()).ifPresent(text -> configured.put("userAndType", text));
        limits(limits.user()).ifPresent(text -> configured.put("user", text));
        limits(limits.number()).ifPresent(text -> configured.put("number", text));
        if (limits.addressEnabled()) {
            limits(limits.address()).ifPresent(text -> configured.put("address", text));
        }
        limits(limits.service()).ifPresent(text -> configured.put("service", text));
        limits(limits.attempt()).ifPresent(text -> configured.put("attempt", text));
        limits(limits.pinUpdate()).ifPresent(text -> configured.put("pinUpdate", text));
        limits(limits.verification()).ifPresent(text -> configured.put("verification", text));
        limits(limits.verifier()).ifPresent(text -> configured.put("verifier", text));
        return configured;
    }

    private static Optional<String> limits(Optional<List<Limit>> limits) {
        return limits.map(list -> list.stream()
                .map(limit -> limit.count() + "/" + limit.window().toSeconds() + "s")
                .collect(Collectors.joining(", ")));
    }

    /** Returns the best state of a breaker, as one road is enough; {@code unknown} before the first call. */
    private String breaker() {
        List<String> states = gauges("ft.circuitbreaker.state.current").stream()
                .filter(gauge -> String.valueOf(gauge.getId().getTag("method")).startsWith("sms-call"))
                .filter(gauge -> gauge.value() > 0)
                .map(gauge -> gauge.getId().getTag("state"))
                .toList();
        return BREAKER_STATES.stream().filter(states::contains).findFirst().orElse("unknown");
    }

    private JsonObject roads() {
        JsonObject roads = new JsonObject(new TreeMap<>());
        gauges("pims.sms.road.open").forEach(gauge -> {
            String road = gauge.getId().getTag("road");
            Collection<Timer> calls =
                    registry.find("pims.sms.call").tag("road", road).timers();
            Collection<Counter> deliveries =
                    registry.find("pims.sms.deliveries").tag("road", road).counters();
            roads.put(
                    road,
                    object("breaker", gauge.value() > 0 ? "open" : "closed")
                            .put("callsRunning", whole("pims.sms.calls.running", "road", road))
                            .put("callsWaiting", whole("pims.sms.calls.waiting", "road", road))
                            .put("callsLimit", whole("pims.sms.calls.limit", "road", road))
                            .put("callsByOutcome", by("outcome", calls, Timer::count))
                            .put("deliveriesByStatus", by("status", deliveries, Counter::count)));
        });
        return roads;
    }

    private long sum(String name) {
        return (long) gauges(name).stream().mapToDouble(Gauge::value).sum();
    }

    private long whole(String name, String... tags) {
        return registry.find(name).tags(tags).gauges().stream()
                .mapToLong(gauge -> (long) gauge.value())
                .max()
                .orElse(0);
    }

    private Collection<Gauge> gauges(String name) {
        return registry.find(name).gauges();
    }

    private Collection<Counter> counters(String name) {
        return registry.find(name).counters();
    }

    private static <M extends Meter> JsonObject by(String tag, Collection<M> meters, ToDoubleFunction<M> value) {
        JsonObject sums = new JsonObject(new TreeMap<>());
        meters.forEach(meter -> {
            String key = String.valueOf(meter.getId().getTag(tag));
            sums.put(key, sums.getLong(key, 0L) + (long) value.applyAsDouble(meter));
        });
        return sums;
    }

    private static long total(Collection<Counter> counters) {
        return (long) counters.stream().mapToDouble(Counter::count).sum();
    }

    private static JsonObject object(String name, Object value) {
        return new JsonObject().put(name, value);
    }
}
