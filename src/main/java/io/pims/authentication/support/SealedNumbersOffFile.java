package io.pims.authentication.support;

import io.pims.authentication.keyring.KeyedRows;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.NumbersByUser;
import io.pims.authentication.trustedphonenumber.SealedRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** The numbers that recoveries took off file, by the key that each is sealed under. */
@ApplicationScoped
public class SealedNumbersOffFile implements SealedRows {

    private static final String COUNT = KeyedRows.count("recovery", "number_key_id");
    private static final String UNDER = NumbersByUser.under("recovery");
    private static final String REPLACE = NumbersByUser.replace("recovery");

    private final NumbersByUser numbers = new NumbersByUser(UNDER, REPLACE);
    private final NumberVault vault;

    public SealedNumbersOffFile(NumberVault vault) {
        this.vault = vault;
    }

    @Override
    public String use() {
        return "recovery";
    }

    @Override
    public List<String> columns() {
        return List.of("recovery.number_key_id");
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
