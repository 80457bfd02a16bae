package io.pims.authentication.personaldata;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What one package keeps about drivers. Each package with such a table has an implementation that names it by
 * {@link KeptIn}. All methods run within the caller's SQL transaction.
 */
public interface PersonalData {

    /** Rows that are told of one driver, at most. No honest driver has as many. */
    int MOST_ROWS = 10_000;

    /** Users that {@link #users} returns, at most. */
    int USERS_PER_PAGE = 1_000;

    /** Returns when it is erased among the others. */
    LockOrder order();

    /** Returns its name in the answer. */
    String name();

    /** Reads the rows about the driver, the newest first; one more than {@link #MOST_ROWS} if there are as many. */
    Uni<List<Kept>> read(SqlConnection connection, String user);

    /**
     * Deletes the rows about the driver, or takes the driver out of those that have to stay.
     *
     * @param pseudonym stands for the driver in rows that are evidence: random, and another one each time
     * @return how many rows were changed
     */
    Uni<Integer> erase(SqlConnection connection, String user, String pseudonym);

    /**
     * Returns the users after the given one, in the order of the database, who have rows here that nothing else ends; at
     * most {@link #USERS_PER_PAGE}.
     */
    default Uni<List<String>> users(SqlConnection connection, String after) {
        return Uni.createFrom().item(List.of());
    }

    /** Returns those of the users who did something within the time, as far as it is seen here. */
    default Uni<Set<String>> active(SqlConnection connection, Collection<String> users, Duration within) {
        return Uni.createFrom().item(Set.of());
    }
}
