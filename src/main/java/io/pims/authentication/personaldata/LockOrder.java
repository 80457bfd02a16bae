package io.pims.authentication.personaldata;

/**
 * The order in which every SQL transaction locks what belongs to one driver, so that no two of them wait for each other. An
 * erasure goes through all of it.
 */
public enum LockOrder {
    /** First the advisory lock that requests for codes take, then the rows of {@code rate_limit}. */
    LIMITS,
    RECOVERIES,
    /** The row of a code. Who orders a notice holds this one, the number's or the PIN's. */
    CODES,
    NUMBERS,
    PINS,
    TRANSACTIONS,
    EVENTS,
    /** First the row of {@code notice_queue}. */
    NOTICES
}
