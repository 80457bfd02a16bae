package io.pims.authentication.budget;

import java.util.Locale;

/** The effect of a budget. */
public enum BudgetMode {
    /** Counts nothing. */
    OFF,
    /** Counts, logs the requests that it would refuse, and refuses nothing. */
    RECORD,
    /** Refuses requests over the budget. */
    ENFORCE;

    /** Returns the name as it is configured, logged and counted. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
