package io.pims.authentication.budget;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The codes that a country or a prefix was sent and has spent, as of one time. */
final class SubjectVelocity {

    /** Days that the best one is looked for in, with the present one. */
    static final int DAYS = 14;

    private final VelocityBudget budget;
    private final Map<BudgetPeriod, Long> unspent = new EnumMap<>(BudgetPeriod.class);
    private long taken;
    private long exempt;
    private long bestDay;
    private long lastHour;

    /**
     * The stored count of one period.
     *
     * @param beginsAt microseconds since 1970
     * @param spent codes that were sent in this period, and spent in it or later
     */
    record Count(String subject, BudgetPeriod period, long beginsAt, long sent, long spent) {}

    /**
     * @param counts of this subject
     * @param now microseconds since 1970, by the database's clock
     */
    SubjectVelocity(VelocityBudget budget, Collection<Count> counts, long now) {
        this.budget = budget;
        for (Count count : counts) {
            if (count.beginsAt() == count.period().begin(now)) {
                unspent.merge(count.period(), count.sent() - count.spent(), Long::sum);
            }
            if (count.period() == BudgetPeriod.DAY && count.beginsAt() > BudgetPeriod.DAY.begin(now, DAYS)) {
                bestDay = Math.max(bestDay, count.spent());
            }
            // The better one of the present hour and the one before, never the sum.
            if (count.period() == BudgetPeriod.HOUR && count.beginsAt() >= BudgetPeriod.HOUR.begin(now, 1)) {
                lastHour = Math.max(lastHour, count.spent());
            }
        }
    }

    long budget(BudgetPeriod period) {
        long day = budget.day(bestDay);
        return period == BudgetPeriod.DAY ? day : budget.hour(day, lastHour);
    }

    long used(BudgetPeriod period) {
        return unspent.getOrDefault(period, 0L) + taken;
    }

    boolean hasRoom(BudgetPeriod period) {
        return used(period) < budget(period);
    }

    /** @param onFile true if the code may go beyond the budget */
    void take(boolean onFile) {
        taken++;
        exempt += onFile ? 1 : 0;
    }

    /** Returns the codes that were taken here and may go beyond the budget. */
    long exempt() {
        return exempt;
    }

    /** Returns the codes that were taken here and are not stored yet. */
    long taken() {
        return taken;
    }
}
