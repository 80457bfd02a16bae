package io.pims.authentication.smscode;

import io.pims.authentication.keyring.Keyring;
import io.pims.authentication.transaction.Columns;
import io.pims.authentication.transaction.DatabaseTime;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Issues codes and derives them. */
@Startup
@ApplicationScoped
public class SmsCodes implements PanacheRepositoryBase<SmsCode, SmsCode.Key> {

    static final String READ = """
            SELECT user_id, type, id, key_id, number_hash, expires_at, guesses, spent_at
            FROM sms_code WHERE user_id = ANY($1)
            """;

    static final String WRITE = """
            INSERT INTO sms_code (user_id, type, id, key_id, number_hash, expires_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::bytea[], $6::timestamptz[])
            ON CONFLICT (user_id, type) DO UPDATE SET id = excluded.id, key_id = excluded.key_id,
                number_hash = excluded.number_hash, expires_at = excluded.expires_at, guesses = 0, spent_at = NULL
            """;

    private final SmsCodeConfig config;
    private final Keyring keys;

    public SmsCodes(SmsCodeConfig config) {
        this.config = config;
        this.keys = new Keyring("pims.smscode.keys", config.keys(), "HmacSHA256");
    }

    /** The codes of these users, to issue theirs within the SQL transaction on the connection. */
    Uni<IssuedCodes> of(SqlConnection connection, Collection<String> users) {
        return connection
                .preparedQuery(READ)
                .execute(Tuple.of(users.toArray(String[]::new)))
                .map(rows -> new IssuedCodes(
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(SmsCodes::code)
                                .toList(),
                        keys.currentId(),
                        config.lifetime()));
    }

    /** Writes the new ones. */
    Uni<Void> write(SqlConnection connection, IssuedCodes issued) {
        List<SmsCode> codes = issued.renewed();
        if (codes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Columns<SmsCode> columns = new Columns<>(codes);
        Tuple tuple = Tuple.of(
                columns.of(String[]::new, code -> code.userId),
                columns.of(String[]::new, code -> code.type),
                columns.of(UUID[]::new, code -> code.id),
                columns.of(String[]::new, code -> code.keyId),
                columns.of(Buffer[]::new, code -> Buffer.buffer(code.numberHash)),
                columns.of(OffsetDateTime[]::new, code -> code.expiresAt.atOffset(ZoneOffset.UTC)));
        return connection.preparedQuery(WRITE).execute(tuple).replaceWithVoid();
    }

    private static SmsCode code(Row row) {
        SmsCode code = SmsCode.of(new SmsCode.Key(row.getString("user_id"), row.getString("type")));
        code.id = row.getUUID("id");
        code.keyId = row.getString("key_id");
        code.numberHash = row.getBuffer("number_hash").getBytes();
        code.expiresAt = row.getOffsetDateTime("expires_at").toInstant();
        code.guesses = row.getInteger("guesses");
        code.spentAt = Optional.ofNullable(row.getOffsetDateTime("spent_at"))
                .map(OffsetDateTime::toInstant)
                .orElse(null);
        return code;
    }

    /**
     * Takes a guess at the user's code for this type and number. The guess is counted before it is compared, and stays
     * counted if the SQL transaction around is committed, right or wrong.
     */
    public Uni<Guess> guess(String user, SmsCodeType type, byte[] numberHash, String code) {
        return findById(new SmsCode.Key(user, type.text()), LockModeType.PESSIMISTIC_WRITE)
                .flatMap(found -> {
                    if (found == null) {
                        return Uni.createFrom().item(new Guess(Guess.Verdict.NONE, null));
                    }
                    boolean counted = found.count();
                    return flush().chain(DatabaseTime::now)
                            .map(now -> new Guess(
                                    keys.find(found.keyId)
                                            .map(key -> found.judge(counted, code, numberHash, now, key))
                                            .orElse(Guess.Verdict.NONE),
                                    found.id));
                });
    }

    /** Spends a code that was guessed right; false if somebody else was first, or it is another one by now. */
    public Uni<Boolean> spend(String user, SmsCodeType type, UUID codeId) {
        return update(
                        "spentAt = current_timestamp where userId = ?1 and type = ?2 and id = ?3 and spentAt is null",
                        user,
                        type.text(),
                        codeId)
                .map(rows -> rows == 1);
    }

    /** Takes back the count of a right guess that could not be used for a reason other than the code. */
    public Uni<Void> takeBack(String user, SmsCodeType type, UUID codeId) {
        return update(
                        "guesses = guesses - 1 where userId = ?1 and type = ?2 and id = ?3 and guesses > 0",
                        user,
                        type.text(),
                        codeId)
                .replaceWithVoid();
    }

    /**
     * The code with this id, six digits; for the text of its SMS only.
     *
     * @throws IllegalStateException if its key has been taken out of the configuration
     */
    public String derive(UUID codeId, String keyId) {
        return CodeDerivation.derive(codeId, keys.get(keyId));
    }
}
