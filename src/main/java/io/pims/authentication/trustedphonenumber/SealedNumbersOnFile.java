package io.pims.authentication.trustedphonenumber;

import io.pims.authentication.keyring.KeyedRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** The trusted numbers, by the key that each is sealed under. */
@ApplicationScoped
public class SealedNumbersOnFile implements SealedRows {

    private static final String COUNT = KeyedRows.count("trusted_phone_number", "number_key_id");
    private static final String UNDER = NumbersByUser.under("trusted_phone_number");
    private static final String REPLACE = NumbersByUser.replace("trusted_phone_number");

    private final NumbersByUser numbers = new NumbersByUser(UNDER, REPLACE);
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
        return numbers.under(connection, keyIds, except);
    }

    @Override
    public Uni<Integer> replace(SqlConnection connection, List<Resealed> rows) {
        return numbers.replace(connection, rows, keyIds().get(0));
    }
}
