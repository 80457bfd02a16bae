package io.pims.authentication.code;

import io.pims.authentication.budget.SpentCodes;
import io.pims.authentication.database.DatabaseTime;
import io.pims.authentication.keyring.Keyring;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Issues codes, derives them, and takes guesses at them. All but deriving needs the caller's SQL transaction. */
@Startup
@ApplicationScoped
public class SmsCodes implements PanacheRepositoryBase<SmsCode, SmsCode.Key> {

    /** For the driver to read and type a code that was sent at the last moment before its transaction's deadline. */
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
     * Reads the codes of these users, to issue more. {@code RateLimits.open} has locked the users in the SQL transaction on
     * the connection.
     *
     * @param sentWithin how long an SMS may take to leave; a code is sent again only if it lives longer
     */
    public Uni<IssuedCodes> of(SqlConnection connection, Collection<String> users, Duration sentWithin) {
        return connection
                .preparedQuery(CodeTable.READ)
                .execute(Tuple.of(users.toArray(String[]::new)))
                .map(rows -> new IssuedCodes(
                        rows.stream().map(CodeTable::code).toList(),
                        keys.currentId(),
                        config.lifetime(),
                        sentWithin.plus(TYPING_TIME)));
    }

    /** Writes the new codes, and how often the others were sent. */
    public Uni<Void> write(SqlConnection connection, IssuedCodes issued) {
        return Uni.combine()
                .all()
                .unis(
                        run(connection, CodeTable.UPSERT, issued.renewed(), CodeTable::upserted),
                        run(connection, CodeTable.REPEAT, issued.repeated(), CodeTable::repeated))
                .collectFailures()
                .discardItems();
    }

    private static Uni<Void> run(
            SqlConnection connection, String sql, List<SmsCode> codes, Function<List<SmsCode>, Tuple> columns) {
        return codes.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(sql).execute(columns.apply(codes)).replaceWithVoid();
    }

    /**
     * Takes a guess at the user's code of this type. It is counted before it is compared, and stays counted if the SQL
     * transaction is committed, right or wrong.
     *
     * @param numberHash the keyed hash of the number that the code must have been sent to
     */
    public Uni<Guess> guess(String user, SmsCodeType type, byte[] numberHash, String code) {
        return findById(new SmsCode.Key(user, type.text()), LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNotNull()
                .transformToUni(found -> guess(found, numberHash, code))
                .onItem()
                .ifNull()
                .continueWith(new Guess(Guess.Verdict.NONE, null));
    }

    private Uni<Guess> guess(SmsCode found, byte[] numberHash, String code) {
        boolean counted = found.countGuess();
        return flush().chain(DatabaseTime::now)
                .map(now -> keys.find(found.keyId)
                        .map(key -> found.judge(counted, code, numberHash, now, key))
                        .orElse(Guess.Verdict.NONE))
                .map(verdict -> new Guess(verdict, found.id));
    }

    /**
     * Spends a code that was guessed right, and counts it as spent in the budget.
     *
     * @return false if somebody else was first, or there is another code by now
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

    /** Ends all codes of the user, spent by nobody. Who spends one at the same moment comes before this, or is refused. */
    public Uni<Void> end(String user) {
        return update("spentAt = current_timestamp where userId = ?1 and spentAt is null", user)
                .replaceWithVoid();
    }

    /** Takes back the count of a right guess that could not be used, for a reason other than the code. */
    public Uni<Void> takeBack(String user, SmsCodeType type, UUID codeId) {
        return update(
                        "guesses = guesses - 1 where userId = ?1 and type = ?2 and id = ?3 and guesses > 0",
                        user,
                        type.text(),
                        codeId)
                .replaceWithVoid();
    }

    /** Returns the ids of the keys that codes are derived under; the first one is for new codes. */
    List<String> keyIds() {
        return keys.ids();
    }

    /**
     * Returns the six digits of a code, for the text of its SMS only.
     *
     * @throws IllegalStateException if the key is no longer configured
     */
    public String derive(UUID codeId, String keyId) {
        return CodeDerivation.derive(codeId, keys.get(keyId));
    }
}
