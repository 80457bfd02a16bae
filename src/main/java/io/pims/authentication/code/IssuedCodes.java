package io.pims.authentication.code;

import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The codes of some users while requests of theirs are recorded: a request gets the one that lives long enough, else a new
 * one. Read from the database at first, and written back at the end.
 */
public final class IssuedCodes {

    private final Set<SmsCode> known;
    private final Map<SmsCode.Key, SmsCode> codes = new HashMap<>();
    private final List<SmsCode> renewed = new ArrayList<>();
    private final List<SmsCode> repeated = new ArrayList<>();
    private final String keyId;
    private final Duration lifetime;
    private final Duration leastLife;

    /**
     * @param keyId the key that new codes are derived under
     * @param lifetime of a new one
     * @param leastLife what is left of one that is sent again: time to send it, and for the driver to type it
     */
    public IssuedCodes(Collection<SmsCode> known, String keyId, Duration lifetime, Duration leastLife) {
        this.known = Set.copyOf(known);
        known.forEach(code -> codes.put(new SmsCode.Key(code.userId, code.type), code));
        this.keyId = keyId;
        this.lifetime = lifetime;
        this.leastLife = leastLife;
    }

    /** The user's code for this type and number: the one that lives long enough, else a new one with the given id. */
    public CodeReference issue(String user, SmsCodeType type, SealedNumber number, UUID newId, Instant now) {
        SmsCode code = codes.computeIfAbsent(new SmsCode.Key(user, type.text()), SmsCode::of);
        if (!code.serves(number.hash(), now.plus(leastLife))) {
            code.renew(newId, keyId, number.hash(), now, lifetime);
            renewed.remove(code);
            repeated.remove(code);
            renewed.add(code);
        } else if (!renewed.contains(code) && !repeated.contains(code)) {
            repeated.add(code);
        }
        code.sentTo(number.destination());
        return new CodeReference(code.id, code.keyId, code.expiresAt);
    }

    /** The codes that are not in the database yet as they are here. */
    public List<SmsCode> renewed() {
        return renewed;
    }

    /** Whether its user had none of this type before, and so no row. */
    boolean isFirst(SmsCode code) {
        return !known.contains(code);
    }

    /** The codes that are in the database, and are sent once more at least. */
    List<SmsCode> repeated() {
        return repeated;
    }
}
