package io.pims.authentication.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {

    private final Languages languages =
            new Languages(TestConfig.of(SmsConfig.class, "pims.sms.default-language", "nl"));

    @ParameterizedTest
    @CsvSource({
        "fr, fr",
        "fr-CA, fr",
        "'de-CH,de;q=0.9,en;q=0.8', de",
        "'sv,pl;q=0.5', pl",
        "'en;q=0.2,it;q=0.7', it",
        "'pt-BR', pt",
        "'ES', es",
        "'fr;q=0,it', it",
        "'it;q=0.123 , fr;Q=1.000', fr",
        "'fr;q=0,it,fr-CH', it",
        "'fr-CH;q=0, fr', fr",
        "'en, *;q=0', en",
        "'*, pl;q=0.1', pl",
        "zh-Hant-TW-fr, nl",
    })
    void the_best_language_that_has_a_text_wins(String header, String language) {
        assertThat(languages.negotiate(List.of(header))).isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource({
        "fr_FR, fr",
        "'fr_FR,de;q=0.5', fr",
        "'de;q=1.5,fr', fr",
        "'de;q=x,fr', fr",
        "'de;q=-1,fr;q=0.1', fr",
        "'de;q=0.1234,fr', fr",
        "'de;q=,fr', fr",
        "'de;,fr', fr",
        "'de;level=1,fr', fr",
        "',,fr,', fr",
        "'-,fr', fr",
        "'deutschland,fr', fr",
        "'dé,fr', fr",
        "'\"de, fr', fr",
        "'*;q=2, fr', fr",
        "'de_DE.UTF-8, fr_FR', fr",
    })
    void an_odd_element_is_left_out_alone(String header, String language) {
        assertThat(languages.negotiate(List.of(header))).isEqualTo(language);
    }

    @Test
    void several_headers_are_one_list() {
        assertThat(languages.negotiate(List.of("de;q=0.5", "fr;q=0.8", "it"))).isEqualTo("it");
        assertThat(languages.negotiate(List.of("sv", "", "fr"))).isEqualTo("fr");
        assertThat(languages.negotiate(List.of("de;q=2", "fr"))).isEqualTo("fr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "*", "-", "sv", "fr;q=0", ";", ",", "q=", "fr;q=2", "fr;q=x", "\0", "é", "fr;;"})
    void anything_else_is_the_default(String header) {
        assertThat(languages.negotiate(List.of(header))).isEqualTo("nl");
    }

    @Test
    void without_a_header_it_is_the_default() {
        assertThat(languages.negotiate(List.of())).isEqualTo("nl");
    }

    @Test
    void of_an_over_long_header_the_beginning_counts() {
        assertThat(languages.negotiate(List.of("fr" + " ".repeat(1_022)))).isEqualTo("fr");
        assertThat(languages.negotiate(List.of("fr" + " ".repeat(1_023)))).isEqualTo("nl");
        assertThat(languages.negotiate(List.of("fr;q=0.5" + ",sv".repeat(5_000) + ",de")))
                .isEqualTo("fr");
    }

    @Property
    void no_header_breaks_the_choice(
            @ForAll @Chars({'f', 'r', '-', '_', ';', 'q', '=', ',', '*', '0', '.', '"', ' '}) @StringLength(max = 256)
                    String header) {
        assertThat(Languages.SUPPORTED).contains(languages.negotiate(List.of(header)));
    }

    @Property
    void no_character_breaks_the_choice(
            @ForAll @CharRange(from = '\0', to = '\uffff') @StringLength(max = 256) String header) {
        assertThat(Languages.SUPPORTED).contains(languages.negotiate(List.of(header)));
    }
}
