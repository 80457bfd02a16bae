package io.pims.authentication.database;

import static java.util.stream.Collectors.summingLong;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Deletes rows that no index leads to: walks over the primary key once, a page at a time, each page in a short statement of
 * its own.
 */
@ApplicationScoped
public class KeysetSweep {

    /** A literal in each statement: for a parameter PostgreSQL may plan for a tenth of the table, and read all of it. */
    public static final int ROWS_PER_PAGE = 1_000;

    private final Pool pool;

    KeysetSweep(Pool pool) {
        this.pool = pool;
    }

    /**
     * Sweeps a table.
     *
     * @param statement deletes what is old of the page after a key, and returns one row: the last key of the page and how many
     *     rows are {@code gone}; none after the last page
     * @param beforeAll the parameters of the statement for the first page
     * @param after the parameters of the statement for the page after the one with this row
     * @return how many rows were deleted
     */
    public Uni<Long> run(String statement, Tuple beforeAll, Function<Row, Tuple> after) {
        AtomicReference<Tuple> cursor = new AtomicReference<>(beforeAll);
        return Uni.createFrom()
                .deferred(() -> pool.withConnection(
                        connection -> connection.preparedQuery(statement).execute(cursor.get())))
                .map(RowSet::iterator)
                .map(page -> page.hasNext() ? page.next() : null)
                .invoke(last -> cursor.set(last == null ? null : after.apply(last)))
                .map(last -> last == null ? 0L : last.getLong("gone"))
                .repeat()
                .whilst(gone -> cursor.get() != null)
                .collect()
                .with(summingLong(Long::longValue));
    }
}
