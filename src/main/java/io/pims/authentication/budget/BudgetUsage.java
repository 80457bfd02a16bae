package io.pims.authentication.budget;

/**
 * The usage of a budget of the whole service.
 *
 * @param at the time of the usage, in microseconds since 1970
 * @param used codes
 * @param budget codes
 */
public record BudgetUsage(BudgetPeriod period, long at, long used, long budget) {

    private static final int ALERT_PERCENT = 80;

    /**
     * Returns what is left: all of it as soon as the next period begins.
     *
     * @param now microseconds since 1970
     */
    long left(long now) {
        return now >= period.end(at) ? budget : Math.max(0, budget - used);
    }

    /** Returns true if four fifths are used up. */
    boolean alerts(long now) {
        return (budget - left(now)) * 100 >= budget * ALERT_PERCENT;
    }
}
