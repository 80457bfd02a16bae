package io.pims.authentication.keyring;

import java.util.List;

/** Rows that can only be used with a key, whose id each of them has. A key may be thrown away when no row is left under it. */
public interface KeyedRows {

    /** Rows that are counted under one key; more are not told apart. */
    int COUNTED_AT_MOST = 100_000;

    /** Returns the kind of rows, a word for a metric's label. */
    String use();

    /** Returns the columns that have the id, {@code table.column}. */
    List<String> columns();

    /** Returns the ids of the keys that are configured; the first one is for what is new. */
    List<String> keyIds();

    /**
     * Returns a statement that counts rows ({@code rows}) by key ({@code key_id}) under all keys but the one in its
     * parameter, each up to {@link #COUNTED_AT_MOST}.
     */
    String count();

    /**
     * Returns such a statement for a table with an index on the id. It goes from one id to the next in the index, so that it
     * does not read what is under the first key.
     */
    static String count(String table, String column) {
        return """
                WITH RECURSIVE present (key_id) AS (
                    (SELECT %1$s FROM %2$s ORDER BY %1$s LIMIT 1)
                    UNION ALL
                    SELECT (SELECT %1$s FROM %2$s WHERE %1$s > present.key_id ORDER BY %1$s LIMIT 1)
                    FROM present WHERE present.key_id IS NOT NULL)
                SELECT present.key_id, (SELECT count(*) FROM (
                    SELECT FROM %2$s WHERE %1$s = present.key_id LIMIT %3$d) AS few) AS rows
                FROM present WHERE present.key_id <> $1
                """.formatted(column, table, COUNTED_AT_MOST);
    }
}
