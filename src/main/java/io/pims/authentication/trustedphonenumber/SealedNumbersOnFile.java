package io.pims.authentication.trustedphonenumber;

import io.pims.authentication.database.ColumnArrays;
import io.pims.authentication.keyring.KeyedRows;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** The trusted numbers, by the key that each is sealed under. */
@ApplicationScoped
public class SealedNumbersOnFile implements SealedRows {

    private static final String COUNT = KeyedRows.count("trusted_phone_number", "number_key_id");

    private static final String UNDER = """
            SELECT user_id, number, number_key_id, number_hash FROM trusted_phone_number
            WHERE number_key_id = ANY($1::text[]) AND user_id <> ALL($2::text[]) LIMIT %d
            """.formatted(BITE);

    /** Never waits: a row that somebody holds, such as a certification, is that one's to write. */
    private static final String REPLACE = """
            WITH fresh AS MATERIALIZED (
                SELECT unnest($1::text[]) AS user_id, unnest($2::bytea[]) AS was, unnest($3::bytea[]) AS number),
            free AS MATERIALIZED (
                SELECT kept.user_id, fresh.number FROM fresh JOIN trusted_phone_number AS kept
                    ON kept.user_id = fresh.user_id AND kept.number = fresh.was
                WHERE kept.user_id = ANY($1) FOR UPDATE OF kept SKIP LOCKED)
            UPDATE trusted_phone_number SET number = free.number, number_key_id = $4
            FROM free WHERE trusted_phone_number.user_id = free.user_id AND trusted_phone_number.user_id = ANY($1)
            """;

    private final NumberVault vault;

    public SealedNumbersOnFile(NumberVault vault) {
        this.vault = vault;
    }

    @Override
    public String use() {
        return "number";
    }

    @Override
    public List<String> columns() {
        return List.of("trusted_phone_number.number_key_id");
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
                                row.getString("user_id"),
                                row.getString("user_id"),
                                new SealedNumber(
                                        row.getBuffer("number").getBytes(),
                                        row.getString("number_key_id"),
                                        row.getBuffer("number_hash").getBytes())))
                        .toList());
    }

    @Override
    public Uni<Integer> replace(SqlConnection connection, List<Resealed> rows) {
        ColumnArrays<Resealed> columns = new ColumnArrays<>(rows);
        return connection
                .preparedQuery(REPLACE)
                .execute(Tuple.of(
                        columns.of(String[]::new, Resealed::row),
                        columns.of(Buffer[]::new, row -> Buffer.buffer(row.was())),
                        columns.of(
                                Buffer[]::new, row -> Buffer.buffer(row.number().ciphertext())),
                        vault.keyIds().get(0)))
                .map(SqlResult::rowCount);
    }
}
