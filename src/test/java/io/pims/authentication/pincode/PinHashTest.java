package io.pims.authentication.pincode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinHashTest {

    private static final String PIN = "830715";
    private static final Argon2id CHEAP = new Argon2id(64, 1, 1);

    private static PinHash cheap(String peppers) {
        return new PinHash(TestPeppers.config(peppers), CHEAP);
    }

    @Test
    void a_stored_pin_verifies_at_the_parameters_of_production() {
        var hash = new PinHash(TestPeppers.config(TestPeppers.ONE));

        HashedPin stored = hash.hash(PIN);

        assertThat(stored.phc())
                .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(stored.pepperId()).isEqualTo("one");
        assertThat(hash.verify(PIN, stored)).isTrue();
        assertThat(hash.verify("830716", stored)).isFalse();
        assertThat(hash.needsRehash(stored)).isFalse();
    }

    @Property(tries = 200)
    void a_stored_pin_verifies_for_itself_and_for_no_other(
            @ForAll @NumericChars @StringLength(min = 4, max = 6) String pin,
            @ForAll @NumericChars @StringLength(min = 4, max = 6) String other) {
        PinHash hash = cheap(TestPeppers.ONE);

        HashedPin stored = hash.hash(pin);

        assertThat(hash.verify(pin, stored)).isTrue();
        assertThat(hash.verify(other, stored)).isEqualTo(pin.equals(other));
    }

    @Test
    void the_same_pin_is_never_stored_the_same_way_twice() {
        PinHash hash = cheap(TestPeppers.ONE);

        assertThat(hash.hash(PIN)).isNotEqualTo(hash.hash(PIN));
    }

    @Test
    void another_pepper_under_the_same_id_verifies_nothing() {
        HashedPin stored = cheap(TestPeppers.ONE).hash(PIN);

        assertThat(cheap(TestPeppers.pepper("one", 9)).verify(PIN, stored)).isFalse();
    }

    @Test
    void after_a_rotation_the_old_pepper_still_verifies_and_asks_for_a_rehash() {
        HashedPin stored = cheap(TestPeppers.ONE).hash(PIN);
        PinHash rotated = cheap(TestPeppers.TWO + "," + TestPeppers.ONE);

        assertThat(rotated.verify(PIN, stored)).isTrue();
        assertThat(rotated.needsRehash(stored)).isTrue();
        assertThat(rotated.hash(PIN).pepperId()).isEqualTo("two");
        assertThat(rotated.needsRehash(rotated.hash(PIN))).isFalse();
    }

    @Test
    void a_pepper_that_is_gone_is_an_error_and_not_a_wrong_pin() {
        HashedPin stored = cheap(TestPeppers.ONE).hash(PIN);

        assertThatIllegalStateException()
                .isThrownBy(() -> cheap(TestPeppers.TWO).verify(PIN, stored))
                .withMessageContaining("one");
    }

    @Test
    void after_a_change_of_parameters_the_pin_still_verifies_and_asks_for_a_rehash() {
        HashedPin stored = cheap(TestPeppers.ONE).hash(PIN);

        for (Argon2id dearer :
                new Argon2id[] {new Argon2id(128, 1, 1), new Argon2id(64, 2, 1), new Argon2id(64, 1, 2)}) {
            var hash = new PinHash(TestPeppers.config(TestPeppers.ONE), dearer);

            assertThat(hash.verify(PIN, stored)).isTrue();
            assertThat(hash.needsRehash(stored)).isTrue();
        }
    }

    @Test
    void a_shorter_salt_or_tag_asks_for_a_rehash() {
        PinHash hash = cheap(TestPeppers.ONE);

        assertThat(hash.needsRehash(stored(new byte[8], new byte[32]))).isTrue();
        assertThat(hash.needsRehash(stored(new byte[16], new byte[16]))).isTrue();
        assertThat(hash.needsRehash(stored(new byte[16], new byte[32]))).isFalse();
    }

    private static HashedPin stored(byte[] salt, byte[] tag) {
        return new HashedPin(new PhcString(CHEAP, salt, tag).toString(), "one");
    }

    @Test
    void neither_text_nor_exception_shows_a_hash() {
        PinHash hash = cheap(TestPeppers.ONE);
        HashedPin stored = hash.hash(PIN);

        assertThat(stored).hasToString("HashedPin[pepperId=one]");
        assertThatThrownBy(() -> hash.verify(PIN, new HashedPin(stored.phc() + "!", "one")))
                .hasMessage("A stored PIN is no PHC string of Argon2id")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "one:AAAA", "one:secret!", ":AAAA"})
    void a_malformed_pepper_stops_the_start_and_is_not_told(String entry) {
        assertThatThrownBy(() -> cheap(entry))
                .hasMessageContaining("pims.pincode.peppers")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pims.pincode.hash-workers", "pims.pincode.hash-queue"})
    void a_bound_out_of_range_stops_the_start(String key) {
        assertThatThrownBy(() -> TestPeppers.config(TestPeppers.ONE, key, "-1")).hasMessageContaining(key);
        assertThatThrownBy(() -> TestPeppers.config(TestPeppers.ONE, key, "1001"))
                .hasMessageContaining(key);
    }
}
