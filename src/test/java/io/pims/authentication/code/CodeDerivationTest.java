package io.pims.authentication.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeDerivationTest {

    private static final UUID ID = UUID.fromString("01937b5e-7c00-7000-8000-000000000001");
    private static final SecretKey KEY = key(new byte[32]);

    /** RFC 4226, appendix D: intermediate HMAC-SHA-1 values, truncated decimals and HOTP values of counts 0 to 9. */
    @ParameterizedTest
    @CsvSource({
        "cc93cf18508d94934c64b65d8ba7667fb7cde4b0, 1284755224, 755224",
        "75a48a19d4cbe100644e8ac1397eea747a2d33ab, 1094287082, 287082",
        "0bacb7fa082fef30782211938bc1c5e70416ff44, 137359152, 359152",
        "66c28227d03a2d5529262ff016a1e6ef76557ece, 1726969429, 969429",
        "a904c900a64b35909874b33e61c5938a8e15ed1c, 1640338314, 338314",
        "a37e783d7b7233c083d4f62926c7a25f238d0316, 868254676, 254676",
        "bc9cd28561042c83f219324d3c607256c03272ae, 1918287922, 287922",
        "a4fb960c0bc06e1eabb804e5b397cdc4b45596fa, 82162583, 162583",
        "1b3c89f65e6c9e883012052823443f048b4332db, 673399871, 399871",
        "1637409809a679dc698207310c8c7fc07290d9e5, 645520489, 520489",
    })
    void truncation_gives_the_values_of_the_rfc(String hmac, int truncated, String hotp) {
        byte[] bytes = HexFormat.of().parseHex(hmac);

        assertThat(CodeDerivation.truncate(bytes)).isEqualTo(truncated);
        assertThat(String.format("%06d", truncated % 1_000_000)).isEqualTo(hotp);
    }

    /** HMAC-SHA-256 is longer than the RFC's, and its last byte still chooses among the first 16. */
    @Test
    void truncation_reads_a_longer_hmac_from_its_own_last_byte() {
        byte[] hmac = new byte[32];
        hmac[15] = (byte) 0xff;
        hmac[18] = 1;
        hmac[31] = (byte) 0xaf;

        assertThat(CodeDerivation.truncate(hmac)).isEqualTo(0x7f000001);
    }

    /** Computed beside Java: {@code hmac.new(bytes(32), UUID(...).bytes, 'sha256')} in Python. */
    @ParameterizedTest
    @CsvSource({
        "01937b5e-7c00-7000-8000-000000000001, 182151",
        "ffffffff-ffff-ffff-ffff-ffffffffffff, 384934",
        "00000000-0000-0000-0000-000000000000, 811993",
        "01937b5e-7c00-7000-8000-000000000039, 006741",
    })
    void a_code_is_what_any_other_implementation_makes_of_id_and_key(UUID id, String code) {
        assertThat(CodeDerivation.derive(id, KEY)).isEqualTo(code);
    }

    @Property
    void a_code_is_always_six_digits(@ForAll long most, @ForAll long least, @ForAll @Size(32) byte[] key) {
        assertThat(CodeDerivation.derive(new UUID(most, least), key(key))).matches("[0-9]{6}");
    }

    @Property
    void a_code_matches_for_its_own_id_and_key(@ForAll long most, @ForAll long least, @ForAll @Size(32) byte[] key) {
        UUID id = new UUID(most, least);

        assertThat(CodeDerivation.matches(CodeDerivation.derive(id, key(key)), id, key(key)))
                .isTrue();
    }

    @Property
    void another_code_never_matches(@ForAll long most, @ForAll long least, @ForAll String guess) {
        UUID id = new UUID(most, least);

        assertThat(CodeDerivation.matches(guess, id, KEY)).isEqualTo(guess.equals(CodeDerivation.derive(id, KEY)));
    }

    /**
     * Two ids share a code once in a million, by chance. So what must hold is that not one bit of the id and the key is
     * without effect: two codes may coincide, three in a row (one in 10^12) do not.
     */
    @Property(tries = 20)
    void every_bit_of_the_id_changes_the_code(@ForAll long most, @ForAll long least) {
        for (int bit = 0; bit < 128; bit++) {
            UUID id = new UUID(most, least);
            UUID other = new UUID(bit < 64 ? most ^ 1L << bit : most, bit < 64 ? least : least ^ 1L << bit);

            assertThat(IntStream.range(0, 3).mapToObj(i -> key(i)))
                    .anyMatch(key -> !CodeDerivation.derive(id, key).equals(CodeDerivation.derive(other, key)));
        }
    }

    @Property(tries = 20)
    void every_byte_of_the_key_changes_the_code(@ForAll @Size(32) byte[] key) {
        for (int index = 0; index < key.length; index++) {
            byte[] other = key.clone();
            other[index] ^= 1;

            assertThat(LongStream.range(0, 3).mapToObj(i -> new UUID(i, ~i)))
                    .anyMatch(id -> !CodeDerivation.derive(id, key(key)).equals(CodeDerivation.derive(id, key(other))));
        }
    }

    /** 20,000 codes of a million: by chance 198 coincide, give or take 14. A broken truncation is far from it. */
    @Test
    void codes_of_many_ids_coincide_no_more_often_than_by_chance() {
        Set<String> codes = new HashSet<>();

        LongStream.range(0, 20_000).forEach(i -> codes.add(CodeDerivation.derive(new UUID(i, i * 31), KEY)));

        assertThat(codes).hasSizeBetween(19_700, 19_900);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "%s ", " %s", "%s0", "0%s", "+%s"})
    void nothing_around_a_code_is_forgiven(String form) {
        String guess = form.formatted(CodeDerivation.derive(ID, KEY));

        assertThat(CodeDerivation.matches(guess, ID, KEY)).isFalse();
    }

    @Test
    void digits_of_other_scripts_do_not_match() {
        String code = CodeDerivation.derive(ID, KEY);
        StringBuilder arabic = new StringBuilder();
        code.chars().forEach(digit -> arabic.append((char) (digit - '0' + 0x660)));

        assertThat(CodeDerivation.matches(arabic.toString(), ID, KEY)).isFalse();
    }

    @Test
    void a_code_is_in_latin_digits_whatever_the_machines_language() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(CodeDerivation.derive(ID, KEY)).matches("[0-9]{6}");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static SecretKey key(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        return key(bytes);
    }

    private static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
