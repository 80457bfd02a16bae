package io.pims.authentication.budget;

import java.time.Duration;
import java.util.List;

/**
 * The budget of the whole service for a period, or the part of it that one slice has. The state of a count is one number:
 * the end of the period in microseconds since 1970, plus the codes that were used. So it is in the past as soon as it has no
 * meaning any more.
 *
 * @param count codes that may be used here
 * @param total codes of the whole service
 */
public record TotalBudget(BudgetPeriod period, BudgetMode mode, long count, long total) {

    /** Begins the names of these counts, among those of other limits. */
    public static final String PREFIX = "total-";

    /** Returns the part of a slice. The parts of all slices add up to the whole. */
    public static List<TotalBudget> of(BudgetConfig.Total config, int slice, int slices) {
        if (config.mode() == BudgetMode.OFF) {
            return List.of();
        }
        return List.of(
                part(BudgetPeriod.HOUR, config.mode(), config.hour(), slice, slices),
                part(BudgetPeriod.DAY, config.mode(), config.day(), slice, slices));
    }

    static TotalBudget part(BudgetPeriod period, BudgetMode mode, long total, int slice, int slices) {
        return new TotalBudget(period, mode, total / slices + (slice < total % slices ? 1 : 0), total);
    }

    public String name() {
        return PREFIX + period.word();
    }

    /**
     * @param state the kept number; one of another period means that nothing is used
     * @param now microseconds since 1970
     */
    public long used(long state, long now) {
        return Math.max(0, state - period.end(now));
    }

    public boolean hasRoom(long state, long now) {
        return used(state, now) < count;
    }

    /** Returns the number to keep after one more. */
    public long take(long state, long now) {
        return period.end(now) + used(state, now) + 1;
    }

    public Duration retryAfter(long now) {
        return period.untilEnd(now);
    }
}
