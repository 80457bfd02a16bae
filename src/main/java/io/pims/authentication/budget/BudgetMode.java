package io.pims.authentication.budget;

import java.util.Locale;

/** What a budget does. */
public enum BudgetMode {
    /** Counts nothing. */
    OFF,
    /** Counts, tells what it would refuse, and refuses nothing. */
    RECORD,
    /** Refuses what is over. */
    ENFORCE;

    /** As it is configured and told. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
