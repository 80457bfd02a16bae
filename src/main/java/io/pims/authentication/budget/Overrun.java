package io.pims.authentication.budget;

import java.time.Duration;

/**
 * A request that a budget has no room for.
 *
 * @param limit the budget: {@code total-hour}, {@code country-day}, {@code prefix-hour} and so on
 * @param mode never {@link BudgetMode#OFF}
 * @param used codes before this request
 * @param budget codes
 * @param retryAfter until the next period begins
 */
public record Overrun(String limit, BudgetMode mode, long used, long budget, Duration retryAfter) {

    public boolean refuses() {
        return mode == BudgetMode.ENFORCE;
    }
}
