package io.pims.authentication.trustedphonenumber;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pims.authentication.personaldata.Kept;
import io.pims.authentication.personaldata.KeptIn;
import io.pims.authentication.personaldata.LockOrder;
import io.pims.authentication.personaldata.PersonalData;
import io.pims.authentication.personaldata.UserStatements;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The trusted phone number as the driver's data. */
@ApplicationScoped
@KeptIn("trusted_phone_number")
class NumberData implements PersonalData {

    private static final String READ = """
            SELECT number, number_key_id, number_hash, country, certified_at, asked_at, resets_held_until
            FROM trusted_phone_number WHERE user_id = $1
            """;

    private static final String ERASE = "DELETE FROM trusted_phone_number WHERE user_id = $1";

    private static final String USERS = """
            SELECT user_id FROM trusted_phone_number WHERE user_id > $1 ORDER BY user_id LIMIT %d
            """.formatted(USERS_PER_PAGE);

    private static final String ACTIVE = """
            SELECT user_id FROM trusted_phone_number
            WHERE user_id = ANY($1::text[]) AND greatest(asked_at, certified_at) > now() - make_interval(secs => $2)
            """;

    private final NumberVault vault;

    NumberData(NumberVault vault) {
        this.vault = vault;
    }

    /**
     * The number on file.
     *
     * @param phoneNumber E.164; null if its key is gone
     * @param askedAt the last request for a code that is not among the codes any more
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NumberOnFile(
            String phoneNumber,
            String country,
            OffsetDateTime certifiedAt,
            OffsetDateTime askedAt,
            OffsetDateTime resetsHeldUntil)
            implements Kept {

        @Override
        public String toString() {
            return "NumberOnFile[]";
        }
    }

    @Override
    public LockOrder order() {
        return LockOrder.NUMBERS;
    }

    @Override
    public String name() {
        return "phoneNumbers";
    }

    @Override
    public Uni<List<Kept>> read(SqlConnection connection, String user) {
        return UserStatements.read(connection, READ, user, row -> onFile(row, user));
    }

    private NumberOnFile onFile(Row row, String user) {
        SealedNumber sealed = SealedNumber.of(row);
        return new NumberOnFile(
                vault.find(sealed, user).map(PhoneNumber::e164).orElse(null),
                row.getString("country"),
                row.getOffsetDateTime("certified_at"),
                row.getOffsetDateTime("asked_at"),
                row.getOffsetDateTime("resets_held_until"));
    }

    @Override
    public Uni<Integer> erase(SqlConnection connection, String user, String pseudonym) {
        return UserStatements.change(connection, ERASE, user);
    }

    @Override
    public Uni<List<String>> users(SqlConnection connection, String after) {
        return UserStatements.users(connection, USERS, after);
    }

    @Override
    public Uni<Set<String>> active(SqlConnection connection, Collection<String> users, Duration within) {
        return UserStatements.active(connection, ACTIVE, users, within);
    }
}
