package io.pims.authentication.code;

import io.pims.authentication.trustedphonenumber.Destination;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.SecretKey;

/** The one code of a user and type. It holds what the code is derived from, never the code itself. */
@Entity
@IdClass(SmsCode.Key.class)
@Table(name = "sms_code")
class SmsCode {

    /** Guesses that a code takes before it is exhausted. */
    static final int GUESSES = 5;

    record Key(String userId, String type) {}

    @Id
    String userId;

    @Id
    String type;

    UUID id;
    String keyId;
    byte[] numberHash;
    Instant expiresAt;
    int guesses;
    Instant spentAt;
    String country;
    String prefixHash;

    /** Null for a code that a replica of an earlier release issued. */
    Instant issuedAt;

    int sends;

    /** Returns a row without a code, which serves nobody until {@link #renew}. */
    static SmsCode unissued(Key key) {
        SmsCode code = new SmsCode();
        code.userId = key.userId();
        code.type = key.type();
        code.expiresAt = Instant.MIN;
        return code;
    }

    /** True if the code was sent to the number and can be spent until then. */
    boolean serves(byte[] number, Instant until) {
        return spentAt == null && guesses < GUESSES && !until.isAfter(expiresAt) && Arrays.equals(numberHash, number);
    }

    /**
     * Compares a guess with the code.
     *
     * @param counted false if the guess found none left
     */
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

    /** Counts a guess. Returns false if none is left. */
    boolean countGuess() {
        if (guesses == GUESSES) {
            return false;
        }
        guesses++;
        return true;
    }

    /** Makes it another code, with all its guesses. */
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
