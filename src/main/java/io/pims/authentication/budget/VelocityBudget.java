package io.pims.authentication.budget;

/**
 * The unspent codes that a country or a prefix may have: the larger of a floor and a share of its spent codes. The model
 * and its numbers are those that Authgear published for its protection against SMS pumping.
 *
 * @param dayFloor unspent codes in a day, at the least
 * @param hourFloor the same in an hour
 * @param sharePercent unspent codes for a hundred spent ones
 */
record VelocityBudget(long dayFloor, long hourFloor, int sharePercent) {

    private static final int DAY_TO_HOUR = 6;

    /** @param bestDay codes spent on the best of the last 14 days */
    long day(long bestDay) {
        return Math.max(dayFloor, share(bestDay));
    }

    /**
     * @param day the day's budget, in codes
     * @param lastHour codes spent in the last hour
     */
    long hour(long day, long lastHour) {
        return Math.max(Math.max(hourFloor, day / DAY_TO_HOUR), share(lastHour));
    }

    private long share(long spent) {
        return spent * sharePercent / 100;
    }
}
