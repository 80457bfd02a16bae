package io.pims.authentication.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.sms.Road;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import io.pims.authentication.transaction.HeldLease;
import io.pims.authentication.transaction.InFlight;
import io.pims.authentication.transaction.TransactionConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Measures what this replica sends, how long that takes, and how much more it could take. */
@Startup
@ApplicationScoped
class DispatchMetrics {

    /** Milliseconds. The objective is five seconds; the others show where the time goes. */
    private static final Duration[] BUCKETS = Stream.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 20_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final String NONE = "none";

    private final MeterRegistry registry;
    private final Clock clock;
    private final Duration deadline;
    private final Timer acceptedToSent;
    private final Map<String, Map<Kind, Timer>> calls = new HashMap<>();
    private final Counter rescued;

    /** When each transaction under way was accepted, by this replica's clock. */
    private final Map<HeldLease, Instant> underWay = new ConcurrentHashMap<>();

    DispatchMetrics(
            MeterRegistry registry,
            Clock clock,
            TransactionConfig transactions,
            InFlight inFlight,
            GuardedRoads roads) {
        this.registry = registry;
        this.clock = clock;
        this.deadline = transactions.deadline();
        this.acceptedToSent = timer("pims.sms.accepted.to.sent");
        this.rescued = registry.counter("pims.leases.rescued");
        roads.inOrder().forEach(this::measure);
        // A series must exist before its first event, or increase() misses that one.
        finished(NONE, Kind.ACCEPTED.name());
        for (Kind kind : Kind.values()) {
            kind.error().ifPresent(error -> finished(error, kind.name()));
        }
        finished(ErrorCode.TIMEOUT, SendProgress.LATE);
        finished(ErrorCode.SERVER_ERROR, SendProgress.SIM_SWAPPED);
        finished(ErrorCode.SERVER_ERROR, SendProgress.SIM_UNKNOWN);
        Gauge.builder("pims.in.flight", inFlight::held).register(registry);
        Gauge.builder("pims.in.flight.places", transactions::inFlight).register(registry);
        TimeGauge.builder("pims.queue.oldest.age", this::oldestMs, TimeUnit.MILLISECONDS)
                .tag("state", "leased")
                .register(registry);
    }

    private void measure(GuardedRoad guarded) {
        String road = guarded.road().name();
        Map<Kind, Timer> byOutcome = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            byOutcome.put(kind, timer("pims.sms.call", "road", road, "outcome", word(kind.name())));
        }
        calls.put(road, byOutcome);
        SendSlots slots = guarded.slots();
        gauge("pims.sms.calls.running", road, slots::running);
        gauge("pims.sms.calls.waiting", road, slots::waiting);
        gauge("pims.sms.calls.limit", road, guarded.road().sender()::concurrency);
        gauge("pims.sms.road.open", road, () -> guarded.guard().state().isOpen() ? 1 : 0);
    }

    private void gauge(String name, String road, Supplier<Number> value) {
        Gauge.builder(name, value).tag("road", road).register(registry);
    }

    private Timer timer(String name, String... tags) {
        return Timer.builder(name).tags(tags).serviceLevelObjectives(BUCKETS).register(registry);
    }

    private Counter finished(ErrorCode error, String outcome) {
        return finished(Integer.toString(error.code()), outcome);
    }

    private Counter finished(String code, String outcome) {
        return registry.counter("pims.transactions", "code", code, "outcome", word(outcome));
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private long oldestMs() {
        Instant now = clock.instant();
        return underWay.values().stream()
                .mapToLong(accepted -> Duration.between(accepted, now).toMillis())
                .max()
                .orElse(0);
    }

    /** The deadline is counted from the acceptance. */
    private Instant acceptedAt(SendProgress progress) {
        return progress.deadline().minus(deadline);
    }

    void began(SendProgress progress) {
        underWay.put(progress.heldLease(), acceptedAt(progress));
        if (progress.claim().lease() > 1) {
            rescued.increment();
        }
    }

    void ended(SendProgress progress) {
        underWay.remove(progress.heldLease());
    }

    void called(Road road, SmsOutcome outcome, Duration took) {
        calls.get(road.name()).get(outcome.kind()).record(took);
    }

    void sent(SendProgress progress) {
        acceptedToSent.record(Duration.between(acceptedAt(progress), clock.instant()));
        finished(NONE, Kind.ACCEPTED.name()).increment();
    }

    /** @param last the outcome of the last try, or what {@link SendProgress} has in its place */
    void failed(ErrorCode error, String last) {
        finished(error, last).increment();
    }
}
