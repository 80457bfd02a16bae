package io.pims.authentication.database;

import static java.util.stream.Collectors.summingInt;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Deletes rows that are too old, in short statements of their own, until a statement finds fewer than it may delete. */
@ApplicationScoped
public class OldRows {

    /**
     * Rows that one statement deletes. A literal in each statement: for a parameter PostgreSQL may plan for a tenth of the
     * table, and read all of it.
     */
    public static final int ROWS_PER_STATEMENT = 1_000;

    private final Pool pool;

    public OldRows(Pool pool) {
        this.pool = pool;
    }

    /**
     * Deletes all rows that are older than the given age.
     *
     * @param statement deletes up to {@link #ROWS_PER_STATEMENT} rows, the oldest first; its parameter is the age in seconds.
     *     It measures the age by the database's clock alone: ids are ordered by the clocks of replicas, which may be wrong
     * @return how many rows were deleted
     */
    public Uni<Integer> delete(String statement, Duration age) {
        return delete(statement, Tuple.of((double) age.toSeconds()));
    }

    /** Deletes in the same way what is too much for another reason than its age. */
    public Uni<Integer> delete(String statement, Tuple parameters) {
        return pool.withConnection(
                        connection -> connection.preparedQuery(statement).execute(parameters))
                .map(SqlResult::rowCount)
                .repeat()
                .whilst(deleted -> deleted == ROWS_PER_STATEMENT)
                .collect()
                .with(summingInt(Integer::intValue));
    }
}
