package io.pims.authentication.budget;

/**
 * How much of a budget of the whole service is used.
 *
 * @param at when that was so, in microseconds since 1970
 */
public record BudgetUsage(BudgetPeriod period, long at, long used, long budget) {

    private static final int ALERT_PERCENT = 80;

    /** What is left later on: all of it as soon as the next period begins. */
    long left(long now) {
        return now >= period.end(at) ? budget : Math.max(0, budget - used);
    }

    /** Whether four fifths are used up. */
    boolean alerts(long now) {
        return (budget - left(now)) * 100 >= budget * ALERT_PERCENT;
    }
}
