package io.pims.authentication.trustedphonenumber;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.pims.authentication.keyring.Keyring;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals phone numbers for the database: AES-256-GCM (NIST SP 800-38D) with a random nonce, bound to the user. Hashes them by
 * HMAC-SHA-256, so that equal numbers are found.
 */
@Startup
@ApplicationScoped
public class NumberVault {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int PREFIX_DIGITS = 7;
    private static final int PREFIX_HASH_BYTES = 16;

    private final Keyring encryption;
    private final Keyring hash;
    private final SecureRandom random = new SecureRandom();

    public NumberVault(NumberVaultConfig config) {
        this.encryption = new Keyring("pims.trustedphonenumber.encryption-keys", config.encryptionKeys(), "AES");
        this.hash = new Keyring("pims.trustedphonenumber.hash-key", List.of(config.hashKey()), "HmacSHA256");
    }

    /** Seals the number for a user. It can't be opened for another one. */
    public SealedNumber seal(PhoneNumber number, String user) {
        return new SealedNumber(encrypt(number, user), encryption.currentId(), hash(number), destination(number));
    }

    /** Opens a sealed number; empty where {@link #open} fails. */
    public Optional<PhoneNumber> find(SealedNumber sealed, String user) {
        try {
            return Optional.of(open(sealed, user));
        } catch (IllegalStateException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Seals a sealed number anew, under the first key.
     *
     * @throws IllegalStateException as {@link #open} does
     */
    public SealedNumber reseal(SealedNumber sealed, String user) {
        return new SealedNumber(
                encrypt(open(sealed, user), user), encryption.currentId(), sealed.hash(), sealed.destination());
    }

    private byte[] encrypt(PhoneNumber number, String user) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(
                Cipher.ENCRYPT_MODE,
                encryption.currentId(),
                nonce,
                user,
                number.e164().getBytes(StandardCharsets.US_ASCII));
        byte[] ciphertext = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, ciphertext, NONCE_BYTES, sealed.length);
        return ciphertext;
    }

    /** Returns the ids of the keys that numbers are sealed under; the first one is for what is new. */
    public List<String> keyIds() {
        return encryption.ids();
    }

    /**
     * Opens a sealed number.
     *
     * @throws IllegalStateException if its key is gone, or it was sealed for another user or changed since
     */
    public PhoneNumber open(SealedNumber sealed, String user) {
        // The JDK fails in several ways where nonce and tag are cut.
        if (sealed.ciphertext().length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw new IllegalStateException("A sealed number was cut");
        }
        byte[] nonce = Arrays.copyOf(sealed.ciphertext(), NONCE_BYTES);
        byte[] rest = Arrays.copyOfRange(sealed.ciphertext(), NONCE_BYTES, sealed.ciphertext().length);
        return new PhoneNumber(
                new String(crypt(Cipher.DECRYPT_MODE, sealed.keyId(), nonce, user, rest), StandardCharsets.US_ASCII));
    }

    /** Returns the country of the number's range, and its prefix: a block of some ten thousand neighbours. */
    private Destination destination(PhoneNumber number) {
        String country = country(number);
        if (country.equals(Destination.UNKNOWN.country())) {
            return Destination.UNKNOWN;
        }
        byte[] prefix = mac("prefix", number.e164().substring(1, 1 + PREFIX_DIGITS));
        return Destination.of(country, HexFormat.of().formatHex(prefix, 0, PREFIX_HASH_BYTES));
    }

    /** Returns the country of the number's range (ISO 3166-1 alpha-2), or {@code unknown}. */
    public static String country(PhoneNumber number) {
        try {
            PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
            String country = numbers.getRegionCodeForNumber(numbers.parse(number.e164(), null));
            return country == null ? Destination.UNKNOWN.country() : country;
        } catch (NumberParseException inNoCountry) {
            return Destination.UNKNOWN.country();
        }
    }

    /** Returns the keyed hash of a number, 32 bytes. */
    public byte[] hash(PhoneNumber number) {
        return mac("number", number.e164());
    }

    /** Returns the keyed hash of a client's address, in hexadecimal. */
    public String addressHash(String address) {
        return HexFormat.of().formatHex(mac("address", address));
    }

    private byte[] mac(String domain, String text) {
        return Keyring.hmac(hash.current(), (domain + ':' + text).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] crypt(int mode, String keyId, byte[] nonce, String user, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, encryption.get(keyId), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(user.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (AEADBadTagException tampered) {
            throw new IllegalStateException("A sealed number does not belong to its user or was changed", tampered);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
