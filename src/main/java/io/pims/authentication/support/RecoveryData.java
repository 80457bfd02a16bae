package io.pims.authentication.support;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pims.authentication.personaldata.Kept;
import io.pims.authentication.personaldata.KeptIn;
import io.pims.authentication.personaldata.LockOrder;
import io.pims.authentication.personaldata.PersonalData;
import io.pims.authentication.personaldata.UserStatements;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The recovery as the driver's data, without who of the help desk carried it out. Erased, it can't be undone any more. */
@ApplicationScoped
@KeptIn("recovery")
class RecoveryData implements PersonalData {

    private static final String READ = """
            SELECT state, language, brand, requested_at, confirmed_at, undone_at, ends_at, number, number_key_id, number_hash, country,
                certified_at, resets_held_until, pin_changed_at, pin_failures
            FROM recovery WHERE user_id = $1
            """;

    private static final String ERASE = "DELETE FROM recovery WHERE user_id = $1";

    private final NumberVault vault;

    RecoveryData(NumberVault vault) {
        this.vault = vault;
    }

    /**
     * A recovery that has not ended yet.
     *
     * @param phoneNumber that went off file, E.164; null if none did, or its key is gone
     * @param resetsHeldUntil of that number; null if it was not held
     * @param pinChangedAt of the PIN that went off file; null if none did
     * @param wrongTries in a row at that PIN; null if none went off file
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeptRecovery(
            String state,
            String language,
            String brand,
            OffsetDateTime requestedAt,
            OffsetDateTime confirmedAt,
            OffsetDateTime undoneAt,
            OffsetDateTime endsAt,
            String phoneNumber,
            String country,
            OffsetDateTime certifiedAt,
            OffsetDateTime resetsHeldUntil,
            OffsetDateTime pinChangedAt,
            Integer wrongTries)
            implements Kept {

        @Override
        public String toString() {
            return "KeptRecovery[state=" + state + "]";
        }
    }

    @Override
    public LockOrder order() {
        return LockOrder.RECOVERIES;
    }

    @Override
    public String name() {
        return "recoveries";
    }

    @Override
    public Uni<List<Kept>> read(SqlConnection connection, String user) {
        return UserStatements.read(connection, READ, user, row -> kept(row, user));
    }

    private KeptRecovery kept(Row row, String user) {
        Optional<SealedNumber> sealed =
                row.getBuffer("number") == null ? Optional.empty() : Optional.of(SealedNumber.of(row));
        return new KeptRecovery(
                row.getString("state"),
                row.getString("language"),
                row.getString("brand"),
                row.getOffsetDateTime("requested_at"),
                row.getOffsetDateTime("confirmed_at"),
                row.getOffsetDateTime("undone_at"),
                row.getOffsetDateTime("ends_at"),
                sealed.flatMap(number -> vault.find(number, user))
                        .map(PhoneNumber::e164)
                        .orElse(null),
                row.getString("country"),
                row.getOffsetDateTime("certified_at"),
                row.getOffsetDateTime("resets_held_until"),
                row.getOffsetDateTime("pin_changed_at"),
                row.getInteger("pin_failures"));
    }

    @Override
    public Uni<Integer> erase(SqlConnection connection, String user, String pseudonym) {
        return UserStatements.change(connection, ERASE, user);
    }
}
