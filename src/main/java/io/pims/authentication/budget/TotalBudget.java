package io.pims.authentication.budget;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * The budget of the whole service for a period of time, or the part of it that belongs to one slice of the count. All that
 * is kept of a count is one number: the period's end plus what was used, in microseconds since 1970, so that it is in the
 * past as soon as it says nothing any more.
 *
 * @param count what may be used here
 * @param total the budget of the whole service
 */
public record TotalBudget(BudgetPeriod period, BudgetMode mode, long count, long total) {

    /** What all names of such counts begin with, among those of other limits. */
    public static final String PREFIX = "total-";

    /** The part of a slice; the parts of all slices add up to the whole. */
    public static Stream<TotalBudget> of(BudgetConfig.Total config, int slice, int slices) {
        if (config.mode() == BudgetMode.OFF) {
            return Stream.empty();
        }
        return Stream.of(
                part(BudgetPeriod.HOUR, config.mode(), config.hour(), slice, slices),
                part(BudgetPeriod.DAY, config.mode(), config.day(), slice, slices));
    }

    static TotalBudget part(BudgetPeriod period, BudgetMode mode, long total, int slice, int slices) {
        return new TotalBudget(period, mode, total / slices + (slice < total % slices ? 1 : 0), total);
    }

    public String name() {
        return PREFIX + period.word();
    }

    /** @param state what is kept; anything that is not of this period counts as nothing used */
    public long used(long state, long now) {
        return Math.max(0, state - period.end(now));
    }

    public boolean hasRoom(long state, long now) {
        return used(state, now) < count;
    }

    /** What to keep after one more. */
    public long take(long state, long now) {
        return period.end(now) + used(state, now) + 1;
    }

    public Duration retryAfter(long now) {
        return period.untilEnd(now);
    }
}
