package io.pims.authentication.admission;

import io.pims.authentication.budget.Velocities;
import io.pims.authentication.database.Outage;
import io.vertx.pgclient.PgException;

/** Tells from a failure what its SQL transaction left behind. */
final class CommitFailures {

    /** PostgreSQL's division_by_zero. {@link AdmissionTransaction} provokes it instead of a commit that is too late. */
    private static final String TOO_LATE = "22012";

    private CommitFailures() {}

    /** True if a statement failed. Then nothing was recorded, even if the commit was sent. */
    static boolean isStatementFailure(Throwable failure) {
        return Outage.isStatements(failure);
    }

    /** True if another batch took the last of a budget. */
    static boolean isOvertaken(Throwable failure) {
        return Outage.causes(failure).anyMatch(Velocities::isOvertaken);
    }

    /** True if the commit came so late that the clients already have their refusal. */
    static boolean isTooLate(Throwable failure) {
        return Outage.causes(failure)
                .anyMatch(cause -> cause instanceof PgException refusal && TOO_LATE.equals(refusal.getSqlState()));
    }

    /**
     * The connection ended, and nothing is recorded. PostgreSQL ends the connection of a replica that stops in the middle, or
     * lacks processor time. It is worth another try while the clients wait.
     */
    static final class NothingRecorded extends RuntimeException {

        NothingRecorded(Throwable cause) {
            super(null, cause, false, false);
        }
    }

    /** The connection ended after the commit was sent and before its answer. */
    static final class OutcomeUnknown extends RuntimeException {

        OutcomeUnknown(Throwable cause) {
            super(null, cause, false, false);
        }
    }
}
