package io.pims.authentication.budget;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Logs and counts the decisions of the budgets, and shows how much of them is left. That is as of the last requests that
 * this replica took: no scrape asks the database.
 */
@Startup
@ApplicationScoped
public class BudgetDecisions {

    private static final Logger LOG = Logger.getLogger(BudgetDecisions.class);

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<BudgetPeriod, BudgetUsage> usages = new ConcurrentHashMap<>();

    /** The minute of the last log line, in seconds since 1970, by budget and country: a few hundred entries. */
    private final Map<String, Long> logged = new ConcurrentHashMap<>();

    BudgetDecisions(MeterRegistry registry, Clock clock, BudgetConfig config) {
        this.registry = registry;
        this.clock = clock;
        if (config.total().mode() != BudgetMode.OFF) {
            register(BudgetPeriod.HOUR, config.total().hour());
            register(BudgetPeriod.DAY, config.total().day());
            announce("total", config.total().mode());
        }
        if (config.velocity().mode() != BudgetMode.OFF) {
            announce(Velocity.COUNTRY, config.velocity().mode());
            announce(Velocity.PREFIX, config.velocity().mode());
        }
    }

    private void register(BudgetPeriod period, long budget) {
        usages.put(period, new BudgetUsage(period, micros(), 0, budget));
        Gauge.builder("pims.budget.left", () -> usages.get(period).left(micros()))
                .tag("span", period.word())
                .register(registry);
        Gauge.builder("pims.budget.alert", () -> usages.get(period).alerts(micros()) ? 1 : 0)
                .tag("span", period.word())
                .register(registry);
    }

    private void announce(String kind, BudgetMode mode) {
        for (BudgetPeriod period : BudgetPeriod.values()) {
            count(kind + "-" + period.word(), mode, 0);
        }
    }

    private void count(String limit, BudgetMode mode, int times) {
        registry.counter("pims.budget.overruns", "limit", limit, "mode", mode.word())
                .increment(times);
    }

    /**
     * Logs and counts the overruns of one request. Those that refuse nothing are logged once a minute for each budget and
     * country.
     *
     * @param country ISO 3166-1 alpha-2
     */
    public void tell(UUID request, String country, List<Overrun> overruns) {
        for (Overrun overrun : overruns) {
            count(overrun.limit(), overrun.mode(), 1);
            if (overrun.refuses() || isDue(overrun.limit() + country)) {
                LOG.infof(
                        "Over budget: limit=%s country=%s mode=%s used=%d budget=%d request=%s",
                        overrun.limit(), country, overrun.mode().word(), overrun.used(), overrun.budget(), request);
            }
        }
    }

    private boolean isDue(String budget) {
        long minute = clock.instant().truncatedTo(ChronoUnit.MINUTES).getEpochSecond();
        return !Objects.equals(logged.put(budget, minute), minute);
    }

    /** Takes the present usage of the totals for the metrics, and warns of one that is nearly used up. */
    public void see(List<BudgetUsage> now) {
        for (BudgetUsage usage : now) {
            BudgetUsage before = usages.put(usage.period(), usage);
            if (usage.alerts(usage.at()) && !before.alerts(usage.at())) {
                LOG.warnf(
                        "SMS budget of the %s: %d of %d are used",
                        usage.period().word(), usage.used(), usage.budget());
            }
        }
    }

    private long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
