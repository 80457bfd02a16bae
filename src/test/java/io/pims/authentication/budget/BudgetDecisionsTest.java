package io.pims.authentication.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pims.authentication.monitoring.RecordedLog;
import io.pims.authentication.sms.TestConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BudgetDecisionsTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BudgetDecisions decisions = new BudgetDecisions(registry, NOON, TestConfig.of(BudgetConfig.class));

    @RegisterExtension
    final RecordedLog log = new RecordedLog(BudgetDecisions.class);

    private void fiveRequests(BudgetMode mode, String country) {
        for (int request = 0; request < 5; request++) {
            decisions.tell(
                    UUID.randomUUID(),
                    country,
                    List.of(new Overrun("country-hour", mode, 3, 3, Duration.ofMinutes(9))));
        }
    }

    private double counted(BudgetMode mode) {
        return registry.get("pims.budget.overruns")
                .tags("limit", "country-hour", "mode", mode.word())
                .counter()
                .count();
    }

    @Test
    void each_refusal_is_told() {
        fiveRequests(BudgetMode.ENFORCE, "FR");

        assertThat(log.records()).hasSize(5);
        assertThat(counted(BudgetMode.ENFORCE)).isEqualTo(5);
    }

    @Test
    void what_refuses_nothing_is_told_once_a_minute_and_country_and_counted_each_time() {
        fiveRequests(BudgetMode.RECORD, "FR");
        fiveRequests(BudgetMode.RECORD, "DE");

        assertThat(log.records()).hasSize(2);
        assertThat(counted(BudgetMode.RECORD)).isEqualTo(10);
    }
}
