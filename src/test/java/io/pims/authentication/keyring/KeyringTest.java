package io.pims.authentication.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringTest {

    private static final String SETTING = "pims.smscode.keys";
    private static final byte[] OLD = new byte[32];
    private static final byte[] NEW = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31, 32
    };

    @Test
    void the_first_key_is_for_what_is_new_and_the_others_for_what_is_there() {
        Keyring keys = keyring(entry("2026", NEW), entry("2025", OLD));

        assertThat(keys.currentId()).isEqualTo("2026");
        assertThat(keys.current().getEncoded()).isEqualTo(NEW);
        assertThat(keys.current().getAlgorithm()).isEqualTo("HmacSHA256");
        assertThat(keys.get("2025").getEncoded()).isEqualTo(OLD);
        assertThat(keys.find("2025")).contains(keys.get("2025"));
    }

    @Test
    void a_key_that_was_taken_out_is_gone_and_only_its_id_is_told() {
        Keyring keys = keyring(entry("2026", NEW));

        assertThat(keys.find("2025")).isEmpty();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> keys.get("2025"))
                .withMessageContaining("2025");
    }

    @Test
    void space_around_a_key_is_nothing() {
        assertThat(keyring("a: " + base64(NEW) + " ").current().getEncoded()).isEqualTo(NEW);
    }

    @Test
    void an_empty_ring_is_refused() {
        assertRefused("holds no key");
    }

    @Test
    void the_same_id_twice_is_refused_because_one_key_would_be_lost() {
        assertRefused("has the id 'a' twice", entry("a", NEW), entry("a", OLD));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 31, 33, 64})
    void a_key_of_another_length_is_refused(int length) {
        assertRefused("needs keys of 32 bytes; id 'a' has " + length, entry("a", new byte[length]));
    }

    @Test
    void a_key_that_is_not_base64_is_refused() {
        assertRefused("has a key that is not base64, id 'a'", "a:not base64!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "a", ":AAAA", "a b:AAAA", "a\n:AAAA", "123456789012345678901234567890123:AAAA"})
    void an_entry_of_another_form_is_refused(String entry) {
        assertRefused("has an entry that does not read id:base64", entry);
    }

    @Test
    void an_id_has_up_to_32_letters_digits_and_marks() {
        String longest = "Az09._-" + "x".repeat(25);

        assertThat(keyring(entry(longest, NEW)).currentId()).isEqualTo(longest);
    }

    @Property
    void no_error_tells_a_key(@ForAll @Size(min = 25, max = 60) byte[] bytes) {
        String secret = base64(bytes);

        for (String[] entries : new String[][] {
            {secret}, {":" + secret}, {"a:" + secret + "!"}, {"a:!" + secret}, {"a:" + secret, "a:" + secret}
        }) {
            ConfigurationException refusal = catchThrowableOfType(ConfigurationException.class, () -> keyring(entries));
            assertThat(trace(refusal)).contains(SETTING).doesNotContain(secret, secret.substring(4, 20));
        }
    }

    private static void assertRefused(String what, String... entries) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> keyring(entries))
                .withMessage(SETTING + " " + what)
                .satisfies(refusal -> assertThat(refusal.getConfigKeys()).containsExactly(SETTING));
    }

    private static Keyring keyring(String... entries) {
        return new Keyring(SETTING, List.of(entries), "HmacSHA256");
    }

    private static String entry(String id, byte[] key) {
        return id + ":" + base64(key);
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
