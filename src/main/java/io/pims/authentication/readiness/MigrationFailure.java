package io.pims.authentication.readiness;

import io.pims.authentication.database.ConnectionFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * The reason why the schema is not up to date.
 *
 * @param isPassing true if time alone may end it: the database is away, starts, fails over or has no connection to
 *     spare, or another process still migrates; false if somebody has to act: a migration fails, the schema is not
 *     ours, a permission or the password is missing
 * @param reason one line, without a stack trace
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL's SQLSTATE codes</a>
 */
record MigrationFailure(boolean isPassing, String reason) {

    /** Connection exceptions, rollbacks as by a deadlock, and resources that PostgreSQL lacks for the moment. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53");

    /**
     * A server that shuts down, crashed or starts; a standby before it is promoted; a lock that was not got in time.
     */
    private static final Set<String> PASSING_STATES = Set.of("57P01", "57P02", "57P03", "25006", "55P03");

    /** Returns the failure of a wait for another process that migrates. */
    static MigrationFailure pending(int migrations) {
        return new MigrationFailure(true, migrations + " migrations pending");
    }

    /** Returns the reason behind a failure of Flyway; looks at its causes. */
    static MigrationFailure of(Throwable failure) {
        Optional<SQLException> refusal = causes(failure)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((first, last) -> last);
        String told = ConnectionFailure.known(failure)
                .orElseGet(() -> firstLines(failure)
                        + refusal.map(cause -> ": " + firstLines(cause)).orElse(""));
        return new MigrationFailure(
                causes(failure).anyMatch(MigrationFailure::passes),
                failure instanceof FlywayValidateException
                        ? "it was migrated by another build of the service: " + told
                        : told);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    /** Flyway's messages have a headline that says little, a rule and then what happened. */
    private static String firstLines(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.matches("-*"))
                .limit(2)
                .collect(Collectors.joining("; "));
    }

    private static boolean passes(Throwable cause) {
        if (cause instanceof SQLException refusal) {
            String state = refusal.getSQLState();
            // Agroal's own, for a connection that was not got in time, has none.
            return state == null || PASSING_STATES.contains(state) || PASSING_CLASSES.contains(state.substring(0, 2));
        }
        return cause instanceof IOException;
    }
}
