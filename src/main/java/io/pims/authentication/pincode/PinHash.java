package io.pims.authentication.pincode;

import io.pims.authentication.keyring.Keyring;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * Hashes PINs: Argon2id over HMAC-SHA-256(pepper, PIN). There are so few PINs that Argon2id alone only slows down a thief of
 * a dump. The pepper protects them, as it is held outside the database. A hash takes a processor for some 30 ms, so the
 * event loop goes by {@link PinHashing}.
 */
@Startup
@ApplicationScoped
public class PinHash {

    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;

    private final Keyring peppers;
    private final Argon2id function;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public PinHash(PinCodeConfig config) {
        this(config, Argon2id.OWASP);
    }

    PinHash(PinCodeConfig config, Argon2id function) {
        this.peppers = new Keyring("pims.pincode.peppers", config.peppers(), "HmacSHA256");
        this.function = function;
    }

    /** Hashes a PIN under the current pepper and parameters. */
    public HashedPin hash(String pin) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] tag = function.tag(keyed(pin, peppers.current()), salt, TAG_BYTES);
        return new HashedPin(new PhcString(function, salt, tag).toString(), peppers.currentId());
    }

    /**
     * Returns true if it is the stored PIN. Compares in constant time.
     *
     * @throws IllegalStateException if the pepper has been taken out of the configuration, or the row is damaged
     */
    public boolean verify(String pin, HashedPin stored) {
        PhcString phc = PhcString.parse(stored.phc());
        byte[] tag = phc.function().tag(keyed(pin, peppers.get(stored.pepperId())), phc.salt(), phc.tag().length);
        return MessageDigest.isEqual(tag, phc.tag());
    }

    /** Returns true if the pepper or the parameters have changed, so that the next right try hashes the PIN anew. */
    public boolean needsRehash(HashedPin stored) {
        PhcString phc = PhcString.parse(stored.phc());
        return !stored.pepperId().equals(peppers.currentId())
                || !phc.function().equals(function)
                || phc.salt().length != SALT_BYTES
                || phc.tag().length != TAG_BYTES;
    }

    /** Returns the ids of the peppers; the first one is for PINs that are set now. */
    public List<String> pepperIds() {
        return peppers.ids();
    }

    private static byte[] keyed(String pin, SecretKey pepper) {
        return Keyring.hmac(pepper, pin.getBytes(StandardCharsets.UTF_8));
    }
}
