package io.pims.authentication.smscode;

import io.pims.authentication.keyring.Keyring;
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
    Uni<SmsCode> issue(String user, String type, byte[] numberHash, UUID newId, Instant now) {
        return findById(new SmsCode.Key(user, type), LockModeType.PESSIMISTIC_WRITE)
                .flatMap(found -> {
                    if (found != null && found.serves(numberHash, now)) {
                        return Uni.createFrom().item(found);
                    }
                    SmsCode code = found == null ? new SmsCode() : found;
                    code.userId = user;
                    code.type = type;
                    code.renew(newId, keys.currentId(), numberHash, now, config.lifetime());
                    return persist(code);
                });
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
