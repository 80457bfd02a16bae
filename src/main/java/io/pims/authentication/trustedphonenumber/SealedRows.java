package io.pims.authentication.trustedphonenumber;

import io.pims.authentication.keyring.KeyedRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;

/** Sealed numbers of one table, which are sealed anew under the first key. */
public interface SealedRows extends KeyedRows {

    /** Rows that one statement reads or writes. */
    int BITE = 1_000;

    /** @param row its key in the table */
    record SealedRow(String row, String user, SealedNumber number) {}

    /** @param was what it replaces: a row that has another number by now is left alone */
    record Resealed(String row, byte[] was, SealedNumber number) {}

    /**
     * Returns rows that are under these keys, at most {@link #BITE}.
     *
     * @param except rows that are left out
     */
    Uni<List<SealedRow>> under(SqlConnection connection, Collection<String> keyIds, Collection<String> except);

    /** Writes numbers that were sealed anew, but for rows that somebody else changes at the moment or has changed. */
    Uni<Integer> replace(SqlConnection connection, List<Resealed> rows);
}
