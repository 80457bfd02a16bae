package io.pims.authentication.code;

import static java.util.stream.Collectors.partitioningBy;

import io.pims.authentication.budget.SpentCodes;
import io.pims.authentication.database.ColumnArrays;
import io.pims.authentication.database.DatabaseTime;
import io.pims.authentication.keyring.Keyring;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Issues codes and derives them. */
@Startup
@ApplicationScoped
public class SmsCodes implements PanacheRepositoryBase<SmsCode, SmsCode.Key> {

    static final String READ = """
            SELECT user_id, type, id, key_id, number_hash, expires_at, guesses, spent_at,
                country, prefix_hash, issued_at, sends
            FROM sms_code WHERE user_id = ANY($1)
            """;

    /** For those of whom nothing was there under the lock of the user, so that nobody else can have added a row. */
    static final String INSERT = """
            INSERT INTO sms_code (user_id, type, id, key_id, number_hash, expires_at, country, prefix_hash, issued_at, sends)
            SELECT unnest($1::text[]), unnest($2::text[]), unnest($3::uuid[]), unnest($4::text[]), unnest($5::bytea[]),
                unnest($6::timestamptz[]), unnest($7::text[]), unnest($8::text[]), unnest($9::timestamptz[]),
                unnest($10::int[])
            """;

    /** For those that had a row, which {@link ExpiredCodeRetention} may have taken since. */
    static final String UPSERT = INSERT + """
            ON CONFLICT (user_id, type) DO UPDATE SET id = excluded.id, key_id = excluded.key_id,
                number_hash = excluded.number_hash, expires_at = excluded.expires_at, guesses = 0, spent_at = NULL,
                country = excluded.country, prefix_hash = excluded.prefix_hash, issued_at = excluded.issued_at,
                sends = excluded.sends
            """;

    /**
     * By position in the arrays and not by a join with them: where a guess comes between, PostgreSQL looks at the rows
     * again (READ COMMITTED), and with a join it then finds only the first of them.
     */
    static final String REPEAT = """
            UPDATE sms_code SET sends = ($3::int[])[array_position($2::uuid[], id)]
            WHERE user_id = ANY($1) AND id = ANY($2)
            """;

    /** For the driver to read and type a code that is sent at the last moment before its transaction's deadline. */
    private static final Duration TYPING_TIME = Duration.ofMinutes(2);

    private final CodeConfig config;
    private final SpentCodes spentCodes;
    private final Keyring keys;

    public SmsCodes(CodeConfig config, SpentCodes spentCodes) {
        this.config = config;
        this.spentCodes = spentCodes;
        this.keys = new Keyring("pims.smscode.keys", config.keys(), "HmacSHA256");
    }

    /**
     * The codes of these users, to issue theirs within the SQL transaction on the connection, in which the users are locked
     * by {@code RateLimits.open}.
     *
     * @param sentWithin how long an SMS may take to leave; a code is sent again only if it lives longer
     */
    public Uni<IssuedCodes> of(SqlConnection connection, Collection<String> users, Duration sentWithin) {
        return connection
                .preparedQuery(READ)
                .execute(Tuple.of(users.toArray(String[]::new)))
                .map(rows -> new IssuedCodes(
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(SmsCodes::code)
                                .toList(),
                        keys.currentId(),
                        config.lifetime(),
                        sentWithin.plus(TYPING_TIME)));
    }

    /** Writes the new ones, and how often those that are there were sent. */
    public Uni<Void> write(SqlConnection connection, IssuedCodes issued) {
        Map<Boolean, List<SmsCode>> renewed = issued.renewed().stream().collect(partitioningBy(issued::isFirst));
        return Uni.combine()
                .all()
                .unis(
                        renew(connection, INSERT, renewed.get(true)),
                        renew(connection, UPSERT, renewed.get(false)),
                        repeat(connection, issued.repeated()))
                .collectFailures()
                .discardItems();
    }

    private static Uni<Void> repeat(SqlConnection connection, List<SmsCode> codes) {
        if (codes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        ColumnArrays<SmsCode> columns = new ColumnArrays<>(codes);
        return connection
                .preparedQuery(REPEAT)
                .execute(Tuple.of(
                        columns.of(String[]::new, code -> code.userId),
                        columns.of(UUID[]::new, code -> code.id),
                        columns.of(Integer[]::new, code -> code.sends)))
                .replaceWithVoid();
    }

    private static Uni<Void> renew(SqlConnection connection, String sql, List<SmsCode> codes) {
        if (codes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        ColumnArrays<SmsCode> columns = new ColumnArrays<>(codes);
        Tuple tuple = Tuple.tuple()
                .addValue(columns.of(String[]::new, code -> code.userId))
                .addValue(columns.of(String[]::new, code -> code.type))
                .addValue(columns.of(UUID[]::new, code -> code.id))
                .addValue(columns.of(String[]::new, code -> code.keyId))
                .addValue(columns.of(Buffer[]::new, code -> Buffer.buffer(code.numberHash)))
                .addValue(columns.of(OffsetDateTime[]::new, code -> code.expiresAt.atOffset(ZoneOffset.UTC)))
                .addValue(columns.of(String[]::new, code -> code.country))
                .addValue(columns.of(String[]::new, code -> code.prefixHash))
                .addValue(columns.of(OffsetDateTime[]::new, code -> code.issuedAt.atOffset(ZoneOffset.UTC)))
                .addValue(columns.of(Integer[]::new, code -> code.sends));
        return connection.preparedQuery(sql).execute(tuple).replaceWithVoid();
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
        code.country = row.getString("country");
        code.prefixHash = row.getString("prefix_hash");
        code.issuedAt = Optional.ofNullable(row.getOffsetDateTime("issued_at"))
                .map(OffsetDateTime::toInstant)
                .orElse(null);
        code.sends = row.getInteger("sends");
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

    /**
     * Spends a code that was guessed right, and notes that it was not sent in vain; false if somebody else was first, or it
     * is another one by now.
     */
    public Uni<Boolean> spend(String user, SmsCodeType type, UUID codeId) {
        return update(
                        "spentAt = current_timestamp where userId = ?1 and type = ?2 and id = ?3 and spentAt is null",
                        user,
                        type.text(),
                        codeId)
                .map(rows -> rows == 1)
                .call(first -> first ? note(user, type) : Uni.createFrom().voidItem());
    }

    private Uni<Void> note(String user, SmsCodeType type) {
        return findById(new SmsCode.Key(user, type.text()))
                .flatMap(code -> code.issuedAt == null
                        ? Uni.createFrom().voidItem()
                        : spentCodes.note(code.destination(), code.issuedAt, code.sends));
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
