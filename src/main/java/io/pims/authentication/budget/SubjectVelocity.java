package io.pims.authentication.budget;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** How many codes a country or a prefix was sent and spent, at one time. */
final class SubjectVelocity {

    /** Days of which the best counts, the present one included. */
    static final int DAYS = 14;

    private final VelocityBudget budget;
    private final Map<BudgetPeriod, Long> unspent = new EnumMap<>(BudgetPeriod.class);
    private final Map<BudgetPeriod, Long> taken = new EnumMap<>(BudgetPeriod.class);
    private long exempt;
    private long bestDay;
    private long lastHour;

    /**
     * What is stored of one period.
     *
     * @param beginsAt microseconds since 1970
     * @param spent of those sent in this period, whenever they were spent
     */
    record Count(String subject, BudgetPeriod period, long beginsAt, long sent, long spent) {}

    /**
     * @param counts of this subject
     * @param now microseconds since 1970
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
            // The hour that is not over and the one before: of both the better, never the sum.
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
        return unspent.getOrDefault(period, 0L) + taken(period);
    }

    boolean hasRoom(BudgetPeriod period) {
        return used(period) < budget(period);
    }

    /** @param onFile whether it may go beyond the budget */
    void take(boolean onFile) {
        exempt += onFile ? 1 : 0;
        for (BudgetPeriod period : BudgetPeriod.values()) {
            taken.merge(period, 1L, Long::sum);
        }
    }

    /** Of those taken here how many might go beyond the budget. */
    long exempt() {
        return exempt;
    }

    /** Taken here and not stored yet. */
    long taken(BudgetPeriod period) {
        return taken.getOrDefault(period, 0L);
    }
}
