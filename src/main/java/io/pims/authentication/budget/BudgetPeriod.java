package io.pims.authentication.budget;

import java.time.Duration;
import java.util.Locale;

/** The clock hour or the day of UTC that a budget is for. Times are microseconds since 1970. */
public enum BudgetPeriod {
    HOUR(1),
    DAY(24);

    private final int hours;

    BudgetPeriod(int hours) {
        this.hours = hours;
    }

    static BudgetPeriod ofHours(int hours) {
        return hours == HOUR.hours ? HOUR : DAY;
    }

    int hours() {
        return hours;
    }

    public Duration length() {
        return Duration.ofHours(hours);
    }

    private long micros() {
        return length().toMillis() * 1_000;
    }

    long begin(long now) {
        return Math.floorDiv(now, micros()) * micros();
    }

    /** Returns the begin of the period that lies so many periods before that of {@code now}. */
    long begin(long now, int before) {
        return begin(now) - before * micros();
    }

    long end(long now) {
        return begin(now) + micros();
    }

    Duration untilEnd(long now) {
        return Duration.ofNanos((end(now) - now) * 1_000);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
