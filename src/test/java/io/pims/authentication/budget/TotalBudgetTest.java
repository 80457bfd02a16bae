package io.pims.authentication.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.sms.TestConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TotalBudgetTest {

    private static final long NOW = Instant.parse("2026-11-24T12:45:00Z").toEpochMilli() * 1_000;
    private static final long NEXT_HOUR = NOW + Duration.ofMinutes(15).toMillis() * 1_000;

    private final TotalBudget hour = new TotalBudget(BudgetPeriod.HOUR, BudgetMode.ENFORCE, 2, 40);

    @Test
    void the_count_may_be_used_and_no_more_until_the_next_period() {
        long once = hour.take(0, NOW);
        long twice = hour.take(once, NOW + 1);

        assertThat(hour.hasRoom(once, NOW)).isTrue();
        assertThat(hour.hasRoom(twice, NEXT_HOUR - 1)).isFalse();
        assertThat(hour.used(twice, NEXT_HOUR - 1)).isEqualTo(2);
        assertThat(hour.hasRoom(twice, NEXT_HOUR)).isTrue();
        assertThat(hour.used(twice, NEXT_HOUR)).isZero();
        assertThat(hour.used(hour.take(twice, NEXT_HOUR), NEXT_HOUR)).isEqualTo(1);
        assertThat(hour.retryAfter(NOW)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void what_is_kept_is_in_the_future_for_as_long_as_it_counts() {
        assertThat(hour.take(0, NOW)).isGreaterThan(NOW).isLessThanOrEqualTo(NEXT_HOUR + 1);
    }

    @Test
    void switched_off_there_is_none() {
        assertThat(TotalBudget.of(config("off"), 0, 20)).isEmpty();
        assertThat(TotalBudget.of(config("record"), 0, 20))
                .extracting(TotalBudget::name)
                .containsExactly("total-hour", "total-day");
    }

    @Property
    void the_parts_of_all_slices_are_the_whole_and_hardly_differ(
            @ForAll @IntRange(min = 1, max = 1_000_000) int budget,
            @ForAll @IntRange(min = 1, max = 1_000) int slices) {
        long[] parts = IntStream.range(0, slices)
                .mapToLong(slice -> TotalBudget.part(BudgetPeriod.HOUR, BudgetMode.ENFORCE, budget, slice, slices)
                        .count())
                .toArray();

        assertThat(IntStream.range(0, slices).mapToLong(slice -> parts[slice]).sum())
                .isEqualTo(budget);
        assertThat(parts[0] - parts[slices - 1]).isBetween(0L, 1L);
    }

    private static BudgetConfig.Total config(String mode) {
        return TestConfig.of(BudgetConfig.class, "pims.budget.total.mode", mode).total();
    }

    @Test
    void four_fifths_raise_the_alert_until_the_next_period() {
        BudgetUsage below = new BudgetUsage(BudgetPeriod.HOUR, NOW, 79, 100);
        BudgetUsage at = new BudgetUsage(BudgetPeriod.HOUR, NOW, 80, 100);

        assertThat(below.alerts(NOW)).isFalse();
        assertThat(at.alerts(NEXT_HOUR - 1)).isTrue();
        assertThat(at.left(NEXT_HOUR - 1)).isEqualTo(20);
        assertThat(at.alerts(NEXT_HOUR)).isFalse();
        assertThat(at.left(NEXT_HOUR)).isEqualTo(100);
        assertThat(new BudgetUsage(BudgetPeriod.HOUR, NOW, 120, 100).left(NOW)).isZero();
    }

    @Test
    void the_defaults_enforce_the_totals_and_record_the_velocity() {
        BudgetConfig config = TestConfig.of(BudgetConfig.class);

        assertThat(config.total().mode()).isEqualTo(BudgetMode.ENFORCE);
        assertThat(config.velocity().mode()).isEqualTo(BudgetMode.RECORD);
    }
}
