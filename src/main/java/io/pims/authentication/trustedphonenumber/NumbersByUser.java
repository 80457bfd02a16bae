package io.pims.authentication.trustedphonenumber;

import io.pims.authentication.database.ColumnArrays;
import io.pims.authentication.trustedphonenumber.SealedRows.Resealed;
import io.pims.authentication.trustedphonenumber.SealedRows.SealedRow;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;

/**
 * Reads and writes the sealed numbers of a table that has one for each user.
 *
 * @param under the statement of {@link #under(String)}, in a constant of the table's class
 * @param replace the statement of {@link #replace(String)}, likewise
 */
public record NumbersByUser(String under, String replace) {

    /** Returns a statement that finds the numbers under some keys. */
    public static String under(String table) {
        return """
                SELECT user_id, number, number_key_id, number_hash FROM %s
                WHERE number_key_id = ANY($1::text[]) AND user_id <> ALL($2::text[]) LIMIT %d
                """.formatted(table, SealedRows.BITE);
    }

    /**
     * Returns a statement that replaces numbers. It never waits: a row that somebody holds, such as a certification, is that
     * one's to write. It has no join, which PostgreSQL would do by comparing each row with each: a bite of them takes half a
     * second then, with its rows locked.
     */
    public static String replace(String table) {
        return """
                UPDATE %1$s SET number = ($3::bytea[])[array_position($1::text[], user_id)], number_key_id = $4
                WHERE user_id = ANY(ARRAY(
                    SELECT user_id FROM %1$s
                    WHERE user_id = ANY($1::text[]) AND number = ($2::bytea[])[array_position($1::text[], user_id)]
                    FOR UPDATE SKIP LOCKED))
                """.formatted(table);
    }

    /** Does what {@link SealedRows#under} says. */
    public Uni<List<SealedRow>> under(SqlConnection connection, Collection<String> keyIds, Collection<String> except) {
        return connection
                .preparedQuery(under)
                .execute(Tuple.of(keyIds.toArray(String[]::new), except.toArray(String[]::new)))
                .map(rows -> rows.stream()
                        .map(row ->
                                new SealedRow(row.getString("user_id"), row.getString("user_id"), SealedNumber.of(row)))
                        .toList());
    }

    /**
     * Does what {@link SealedRows#replace} says.
     *
     * @param keyId that they were sealed under
     */
    public Uni<Integer> replace(SqlConnection connection, List<Resealed> rows, String keyId) {
        ColumnArrays<Resealed> columns = new ColumnArrays<>(rows);
        return connection
                .preparedQuery(replace)
                .execute(Tuple.of(
                        columns.of(String[]::new, Resealed::row),
                        columns.of(Buffer[]::new, row -> Buffer.buffer(row.was())),
                        columns.of(
                                Buffer[]::new, row -> Buffer.buffer(row.number().ciphertext())),
                        keyId))
                .map(SqlResult::rowCount);
    }
}
