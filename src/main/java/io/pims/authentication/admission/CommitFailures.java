package io.pims.authentication.admission;

import io.pims.authentication.budget.Velocities;
import io.pims.authentication.database.Outage;
import io.vertx.pgclient.PgException;

/** What failures say about what a SQL transaction left behind. */
final class CommitFailures {

    /** PostgreSQL's division_by_zero: by it {@link AdmissionTransaction} ends what would be committed too late. */
    private static final String TOO_LATE = "22012";

    private CommitFailures() {}

    /** True if a statement failed: then nothing was recorded, even with the commit on its way. */
    static boolean isStatementFailure(Throwable failure) {
        return Outage.isStatements(failure);
    }

    /** True if another one took the last of a budget. */
    static boolean isOvertaken(Throwable failure) {
        return Outage.causes(failure).anyMatch(Velocities::isOvertaken);
    }

    /** True if it took so long that the clients were told that nothing is recorded. */
    static boolean isTooLate(Throwable failure) {
        return Outage.causes(failure)
                .anyMatch(cause -> cause instanceof PgException refusal && TOO_LATE.equals(refusal.getSqlState()));
    }

    /**
     * The connection ended, and there is no record: PostgreSQL ends one whose replica was stopped, or short of processor time,
     * in the middle. Worth another try, unless the clients have given up meanwhile.
     */
    static final class NothingRecorded extends RuntimeException {

        NothingRecorded(Throwable cause) {
            super(null, cause, false, false);
        }
    }

    /** The connection ended between the commit and its answer. */
    static final class OutcomeUnknown extends RuntimeException {

        OutcomeUnknown(Throwable cause) {
            super(null, cause, false, false);
        }
    }
}
