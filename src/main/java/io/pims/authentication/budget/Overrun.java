package io.pims.authentication.budget;

import java.time.Duration;

/**
 * A request that a budget has no room for.
 *
 * @param limit which budget: {@code total-hour}, {@code country-day}, {@code prefix-hour} and so on
 * @param mode whether it is refused for that; never {@link BudgetMode#OFF}
 * @param used what had been used before
 * @param retryAfter until the budget begins anew
 */
public record Overrun(String limit, BudgetMode mode, long used, long budget, Duration retryAfter) {

    public boolean refuses() {
        return mode == BudgetMode.ENFORCE;
    }
}
