package io.pims.authentication.budget;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VelocityBudgetTest {

    private final VelocityBudget budget = new VelocityBudget(20, 3, 20);

    @Test
    void without_any_history_there_are_the_floors() {
        assertThat(budget.day(0)).isEqualTo(20);
        assertThat(budget.hour(20, 0)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"100, 20", "104, 20", "105, 21", "5000, 1000"})
    void the_day_has_a_fifth_of_its_best_predecessor(long best, long day) {
        assertThat(budget.day(best)).isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource({"20, 0, 3", "23, 0, 3", "24, 0, 4", "20, 19, 3", "20, 20, 4", "600, 400, 100", "600, 600, 120"})
    void the_hour_has_a_sixth_of_the_day_or_a_fifth_of_the_last_hour(long day, long lastHour, long hour) {
        assertThat(budget.hour(day, lastHour)).isEqualTo(hour);
    }

    @Property
    void more_spent_codes_never_make_a_budget_smaller(
            @ForAll @LongRange(max = 1_000_000_000) long spent,
            @ForAll @LongRange(max = 1_000_000_000) long more,
            @ForAll @IntRange(min = 1, max = 1_000) int share) {
        VelocityBudget any = new VelocityBudget(20, 3, share);

        assertThat(any.day(spent + more)).isGreaterThanOrEqualTo(any.day(spent)).isGreaterThanOrEqualTo(20);
        assertThat(any.hour(any.day(spent), spent + more))
                .isGreaterThanOrEqualTo(any.hour(any.day(spent), spent))
                .isGreaterThanOrEqualTo(3);
    }
}
