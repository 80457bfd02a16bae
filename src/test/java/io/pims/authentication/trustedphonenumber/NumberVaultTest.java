package io.pims.authentication.trustedphonenumber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NumberVaultTest {

    private static final String KEY_1 = key("k1", 1);
    private static final String KEY_2 = key("k2", 2);
    private static final String HASH_KEY = key("h1", 3);
    private static final PhoneNumber NUMBER = new PhoneNumber("+33612345678");

    private final NumberVault vault = vault(HASH_KEY, KEY_1);

    @Property
    void what_is_sealed_for_a_user_opens_for_that_user(@ForAll("numbers") PhoneNumber number, @ForAll String user) {
        SealedNumber sealed = vault.seal(number, user);

        assertThat(vault.open(sealed, user)).isEqualTo(number);
        assertThat(sealed.keyId()).isEqualTo("k1");
        assertThat(sealed.hash()).isEqualTo(vault.hash(number));
    }

    @Test
    void another_user_does_not_open_it() {
        SealedNumber sealed = vault.seal(NUMBER, "driver-1");

        assertUnreadable(vault, sealed, "driver-2");
        assertUnreadable(vault, sealed, "");
    }

    @Test
    void a_single_changed_bit_is_noticed() {
        SealedNumber sealed = vault.seal(NUMBER, "driver");

        for (int index = 0; index < sealed.ciphertext().length; index++) {
            byte[] changed = sealed.ciphertext().clone();
            changed[index] ^= 1;
            assertUnreadable(vault, new SealedNumber(changed, "k1", sealed.hash()), "driver");
        }
    }

    @Test
    void a_cut_or_longer_one_is_noticed() {
        SealedNumber sealed = vault.seal(NUMBER, "driver");

        for (int length = 0; length < 60; length++) {
            if (length != sealed.ciphertext().length) {
                byte[] other = Arrays.copyOf(sealed.ciphertext(), length);
                assertUnreadable(vault, new SealedNumber(other, "k1", sealed.hash()), "driver");
            }
        }
    }

    @Test
    void the_same_number_is_never_sealed_to_the_same_bytes() {
        byte[] once = vault.seal(NUMBER, "driver").ciphertext();
        byte[] again = vault.seal(NUMBER, "driver").ciphertext();

        assertThat(once).isNotEqualTo(again);
        assertThat(Arrays.copyOf(once, 12)).isNotEqualTo(Arrays.copyOf(again, 12));
    }

    @Test
    void a_sealed_number_shows_nothing() {
        SealedNumber sealed = vault.seal(NUMBER, "driver");

        assertThat(new String(sealed.ciphertext(), StandardCharsets.ISO_8859_1)).doesNotContain("336", "5678");
        assertThat(sealed).hasToString("SealedNumber[keyId=k1]");
    }

    @Test
    void after_a_rotation_new_ones_get_the_new_key_and_old_ones_still_open() {
        SealedNumber before = vault.seal(NUMBER, "driver");
        NumberVault rotated = vault(HASH_KEY, KEY_2, KEY_1);

        SealedNumber after = rotated.seal(NUMBER, "driver");

        assertThat(rotated.open(before, "driver")).isEqualTo(NUMBER);
        assertThat(rotated.open(after, "driver")).isEqualTo(NUMBER);
        assertThat(after.keyId()).isEqualTo("k2");
        assertThat(after.hash()).isEqualTo(before.hash());
    }

    @Test
    void under_a_key_that_was_taken_out_a_number_is_unreadable() {
        SealedNumber sealed = vault.seal(NUMBER, "driver");

        assertUnreadable(vault(HASH_KEY, KEY_2), sealed, "driver");
    }

    @Test
    void under_another_key_of_the_same_id_a_number_is_unreadable() {
        SealedNumber sealed = vault.seal(NUMBER, "driver");

        assertUnreadable(vault(HASH_KEY, key("k1", 9)), sealed, "driver");
    }

    /** Stored, so it must not change: {@code hmac.new(bytes([3] * 32), b'number:+33612345678', 'sha256')} in Python. */
    @Test
    void the_hash_is_the_same_in_every_build() {
        assertThat(HexFormat.of().formatHex(vault.hash(NUMBER)))
                .isEqualTo("05be21dc23d29db1e957535b7d8d32905eaa572c8b0dae8ecbb33f6b7cf98d5a");
        assertThat(vault.addressHash("192.0.2.7"))
                .isEqualTo("f752782d852debe5d4f183e15053cd56e22ae718aacaa1f069dcd246945496b2");
    }

    @Test
    void the_hash_depends_on_number_and_key() {
        assertThat(vault.hash(NUMBER)).isNotEqualTo(vault.hash(new PhoneNumber("+33612345679")));
        assertThat(vault.hash(NUMBER)).isNotEqualTo(vault(key("h1", 4), KEY_1).hash(NUMBER));
    }

    @Test
    void an_address_never_hashes_like_a_number() {
        String ofNumber = HexFormat.of().formatHex(vault.hash(NUMBER));

        assertThat(vault.addressHash(NUMBER.e164())).isNotEqualTo(ofNumber);
    }

    @Test
    void a_missing_key_is_named_by_its_setting() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> vault(HASH_KEY))
                .withMessageStartingWith("pims.trustedphonenumber.encryption-keys ");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> vault("nonsense", KEY_1))
                .withMessageStartingWith("pims.trustedphonenumber.hash-key ");
    }

    @Provide
    Arbitrary<PhoneNumber> numbers() {
        return Arbitraries.longs()
                .between(1_000_000, 999_999_999_999_999L)
                .map(digits -> new PhoneNumber("+" + digits));
    }

    @Test
    void sealed_anew_it_is_under_the_first_key_and_the_same_number_of_the_same_user() {
        NumberVault before = vault(key("hash", 9), key("2026", 1));
        NumberVault after = vault(key("hash", 9), key("2027", 2), key("2026", 1));
        SealedNumber sealed = before.seal(new PhoneNumber("+33612345678"), "driver");

        SealedNumber fresh = after.reseal(sealed, "driver");

        assertThat(fresh.keyId()).isEqualTo("2027");
        assertThat(fresh.hash()).isEqualTo(sealed.hash());
        assertThat(fresh.destination()).isEqualTo(sealed.destination());
        assertThat(vault(key("hash", 9), key("2027", 2)).open(fresh, "driver"))
                .isEqualTo(new PhoneNumber("+33612345678"));
        assertUnreadable(after, fresh, "somebody else");
    }

    @Test
    void what_can_not_be_opened_is_not_sealed_anew() {
        SealedNumber sealed = vault(key("hash", 9), key("2026", 1)).seal(new PhoneNumber("+33612345678"), "driver");
        NumberVault without = vault(key("hash", 9), key("2027", 2));

        assertThatIllegalStateException().isThrownBy(() -> without.reseal(sealed, "driver"));
        assertThat(without.find(sealed, "driver")).isEmpty();
    }

    private static void assertUnreadable(NumberVault vault, SealedNumber sealed, String user) {
        assertThatIllegalStateException()
                .isThrownBy(() -> vault.open(sealed, user))
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("33612345678"));
    }

    private static NumberVault vault(String hashKey, String... encryptionKeys) {
        return new NumberVault(new NumberVaultConfig() {
            @Override
            public List<String> encryptionKeys() {
                return List.of(encryptionKeys);
            }

            @Override
            public String hashKey() {
                return hashKey;
            }
        });
    }

    private static String key(String id, int filling) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) filling);
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }
}
