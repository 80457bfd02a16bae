package io.pims.authentication.smscode;

import io.pims.authentication.keyring.Keyring;
import io.pims.authentication.transaction.DatabaseTime;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.UUID;

/** Issues codes and derives them. */
@Startup
@ApplicationScoped
public class SmsCodes implements PanacheRepositoryBase<SmsCode, SmsCode.Key> {

    private final SmsCodeConfig config;
    private final Keyring keys;

    public SmsCodes(SmsCodeConfig config) {
        this.config = config;
        this.keys = new Keyring("pims.smscode.keys", config.keys(), "HmacSHA256");
    }

    /**
     * The user's code for this type and number: the one that lives, else a new one with the given id. Needs a SQL
     * transaction around it, whose time is {@code now}.
     */
    Uni<SmsCode> issue(String user, SmsCodeType type, byte[] numberHash, UUID newId, Instant now) {
        return findById(new SmsCode.Key(user, type.text()), LockModeType.PESSIMISTIC_WRITE)
                .flatMap(found -> {
                    if (found != null && found.serves(numberHash, now)) {
                        return Uni.createFrom().item(found);
                    }
                    SmsCode code = found == null ? new SmsCode() : found;
                    code.userId = user;
                    code.type = type.text();
                    code.renew(newId, keys.currentId(), numberHash, now, config.lifetime());
                    return persist(code);
                });
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
