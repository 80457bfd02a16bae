package io.pims.authentication.code;

import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The codes of the users of one batch: read at its beginning, issued from, and written back at its end. A request gets the
 * code that lives long enough, else a new one.
 */
public final class IssuedCodes {

    private final Map<SmsCode.Key, SmsCode> codes = new HashMap<>();
    private final Set<SmsCode> renewed = new LinkedHashSet<>();
    private final Set<SmsCode> repeated = new LinkedHashSet<>();
    private final String keyId;
    private final Duration lifetime;
    private final Duration leastLife;

    /**
     * @param known what the database has
     * @param keyId the key that derives new codes
     * @param lifetime how long a new code lives
     * @param leastLife how long a code must live to be sent again: time to send it, and for the driver to type it
     */
    public IssuedCodes(Collection<SmsCode> known, String keyId, Duration lifetime, Duration leastLife) {
        known.forEach(code -> codes.put(new SmsCode.Key(code.userId, code.type), code));
        this.keyId = keyId;
        this.lifetime = lifetime;
        this.leastLife = leastLife;
    }

    /**
     * Returns the user's code for this type and number.
     *
     * @param newId the id of the code if it has to be a new one
     * @param now by the database's clock
     */
    public CodeReference issue(String user, SmsCodeType type, SealedNumber number, UUID newId, Instant now) {
        SmsCode code = codes.computeIfAbsent(new SmsCode.Key(user, type.text()), SmsCode::unissued);
        if (!code.serves(number.hash(), now.plus(leastLife))) {
            code.renew(newId, keyId, number.hash(), now, lifetime);
            repeated.remove(code);
            renewed.add(code);
        } else if (!renewed.contains(code)) {
            repeated.add(code);
        }
        code.sentTo(number.destination());
        return new CodeReference(code.id, code.keyId, code.expiresAt);
    }

    /** Returns the new codes, which the database does not have yet. */
    public List<SmsCode> renewed() {
        return List.copyOf(renewed);
    }

    /** Returns the codes that the database has and that are sent again. */
    List<SmsCode> repeated() {
        return List.copyOf(repeated);
    }
}
