package io.pims.authentication.transaction;

import io.pims.authentication.database.ColumnArrays;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.pims.authentication.trustedphonenumber.SealedRows;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The numbers that PENDING transactions are to be sent to, by the key that each is sealed under. A final transaction needs
 * its number no more.
 */
@ApplicationScoped
public class SealedNumbersPending implements SealedRows {

    private static final String COUNT = """
            SELECT number_key_id AS key_id, count(*) AS rows
            FROM (SELECT number_key_id FROM sms_transaction WHERE status = 'PENDING' ORDER BY lease_until LIMIT %d) AS first
            WHERE number_key_id <> $1 GROUP BY number_key_id
            """.formatted(COUNTED_AT_MOST);

    private static final String UNDER = """
            SELECT id, user_id, number, number_key_id, number_hash FROM sms_transaction
            WHERE status = 'PENDING' AND number_key_id = ANY($1::text[]) AND id::text <> ALL($2::text[])
            ORDER BY lease_until LIMIT %d
            """.formatted(BITE);

    /** The state stays as it is, and so does the lease: its holder has the number in hand already. */
    private static final String REPLACE = """
            UPDATE sms_transaction SET number = ($3::bytea[])[array_position($1::uuid[], id)], number_key_id = $4
            WHERE id = ANY(ARRAY(
                SELECT id FROM sms_transaction
                WHERE id = ANY($1::uuid[]) AND number = ($2::bytea[])[array_position($1::uuid[], id)]
                    AND finished_at IS NULL
                FOR UPDATE SKIP LOCKED))
            """;

    private final NumberVault vault;

    public SealedNumbersPending(NumberVault vault) {
        this.vault = vault;
    }

    @Override
    public String use() {
        return "transaction";
    }

    @Override
    public List<String> columns() {
        return List.of("sms_transaction.number_key_id");
    }

    @Override
    public List<String> keyIds() {
        return vault.keyIds();
    }

    @Override
    public String count() {
        return COUNT;
    }

    @Override
    public Uni<List<SealedRow>> under(SqlConnection connection, Collection<String> keyIds, Collection<String> except) {
        return connection
                .preparedQuery(UNDER)
                .execute(Tuple.of(keyIds.toArray(String[]::new), except.toArray(String[]::new)))
                .map(rows -> rows.stream()
                        .map(row -> new SealedRow(
                                row.getUUID("id").toString(), row.getString("user_id"), SealedNumber.of(row)))
                        .toList());
    }

    @Override
    public Uni<Integer> replace(SqlConnection connection, List<Resealed> rows) {
        ColumnArrays<Resealed> columns = new ColumnArrays<>(rows);
        return connection
                .preparedQuery(REPLACE)
                .execute(Tuple.of(
                        columns.of(UUID[]::new, row -> UUID.fromString(row.row())),
                        columns.of(Buffer[]::new, row -> Buffer.buffer(row.was())),
                        columns.of(
                                Buffer[]::new, row -> Buffer.buffer(row.number().ciphertext())),
                        vault.keyIds().get(0)))
                .map(SqlResult::rowCount);
    }
}
