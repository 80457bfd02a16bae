package io.pims.authentication.database;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Rows by column, as a statement with {@code unnest} takes them.
 *
 * @param <R> the source of one row
 */
public record ColumnArrays<R>(List<R> rows) {

    /** Returns one value of each row; null is NULL. */
    public <T> T[] of(IntFunction<T[]> array, Function<R, T> value) {
        return rows.stream().map(value).toArray(array);
    }
}
