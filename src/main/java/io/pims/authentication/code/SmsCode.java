package io.pims.authentication.code;

import io.pims.authentication.trustedphonenumber.Destination;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.SecretKey;

/** The one code of a user and type: what it is derived from, never the code itself. */
@Entity
@IdClass(SmsCode.Key.class)
@Table(name = "sms_code")
class SmsCode {

    /** Guesses that a code takes before it is dead. */
    static final int GUESSES = 5;

    record Key(String userId, String type) {}

    @Id
    @Column(name = "user_id")
    String userId;

    @Id
    String type;

    UUID id;

    @Column(name = "key_id")
    String keyId;

    @Column(name = "number_hash")
    byte[] numberHash;

    @Column(name = "expires_at")
    Instant expiresAt;

    int guesses;

    @Column(name = "spent_at")
    Instant spentAt;

    String country;

    @Column(name = "prefix_hash")
    String prefixHash;

    /** Null for a code that a replica of an earlier release issued. */
    @Column(name = "issued_at")
    Instant issuedAt;

    /** How often the code was sent. */
    int sends;

    /** No code yet: it serves nobody before it is {@link #renew renewed}. */
    static SmsCode of(Key key) {
        SmsCode code = new SmsCode();
        code.userId = key.userId();
        code.type = key.type();
        code.expiresAt = Instant.MIN;
        return code;
    }

    /** True if whoever holds the number may spend the code, and has until then to do it. */
    boolean serves(byte[] number, Instant until) {
        return spentAt == null && guesses < GUESSES && !until.isAfter(expiresAt) && Arrays.equals(numberHash, number);
    }

    /** Judges a guess that has been counted already. */
    Guess.Verdict judge(boolean counted, String code, byte[] number, Instant now, SecretKey key) {
        if (spentAt != null || !Arrays.equals(numberHash, number)) {
            return Guess.Verdict.NONE;
        }
        if (!now.isBefore(expiresAt)) {
            return Guess.Verdict.EXPIRED;
        }
        if (!counted) {
            return Guess.Verdict.EXHAUSTED;
        }
        return CodeDerivation.matches(code, id, key) ? Guess.Verdict.RIGHT : Guess.Verdict.WRONG;
    }

    /** Counts a guess, if there is one left. */
    boolean count() {
        if (guesses == GUESSES) {
            return false;
        }
        guesses++;
        return true;
    }

    /** Makes it another code. */
    void renew(UUID newId, String newKeyId, byte[] number, Instant now, Duration lifetime) {
        id = newId;
        keyId = newKeyId;
        numberHash = number;
        expiresAt = now.plus(lifetime);
        guesses = 0;
        spentAt = null;
        issuedAt = now;
        sends = 0;
    }

    /** Counts that it is sent once more. */
    void sentTo(Destination destination) {
        sends++;
        country = destination.isKnown() ? destination.country() : null;
        prefixHash = destination.prefixHash();
    }

    Destination destination() {
        return Destination.of(country, prefixHash);
    }
}
