package io.pims.authentication.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Gsm7Test {

    @Test
    void accents_of_the_alphabet_take_one_septet_and_its_extension_two() {
        assertThat(Gsm7.septets("éèàùìòñäöüßÇ@£")).isEqualTo(14);
        assertThat(Gsm7.septets("€[]{}~^|\\\f")).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ê", "ç", "ó", "í", "á", "ą", "ë", "ô", "ł", "’", "`", "\u001b", "\t", "\uD83D\uDE97"})
    void a_character_outside_the_alphabet_is_refused(String character) {
        assertThat(Gsm7.fitsOneSegment(character)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Gsm7.septets(character));
    }

    @Test
    void one_segment_ends_at_160_septets() {
        assertThat(Gsm7.fitsOneSegment("a".repeat(160))).isTrue();
        assertThat(Gsm7.fitsOneSegment("a".repeat(161))).isFalse();
        assertThat(Gsm7.fitsOneSegment("€".repeat(80))).isTrue();
        assertThat(Gsm7.fitsOneSegment("€".repeat(80) + "a")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Citroën, Citroen", "Škoda, Skoda", "Café, Café", "Cafe\u0301, Café", "Śąk, Sak", "Opel, Opel"})
    void accents_outside_the_alphabet_are_dropped(String name, String plain) {
        assertThat(Gsm7.transliterate(name)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Łada", "Жигули", "雷诺"})
    void a_name_without_a_plain_form_is_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Gsm7.transliterate(name));
    }

    @Property
    void every_western_letter_is_either_sendable_after_transliteration_or_refused(
            @ForAll @CharRange(from = '\u00c0', to = '\u017f') char letter) {
        try {
            assertThat(Gsm7.fitsOneSegment(Gsm7.transliterate("" + letter))).isTrue();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("GSM 7-bit");
        }
    }
}
