package io.pims.authentication.sms;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
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
    })
    void the_best_language_that_has_a_text_wins(String header, String language) {
        assertThat(languages.negotiate(header)).isEqualTo(language);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", " ", "*", "-", "sv", "fr;q=0", ";", ",", "q=", "fr;q=2", "fr;q=x", "fr_FR", "\0", "é", "fr;;"
            })
    void anything_else_is_the_default(String header) {
        assertThat(languages.negotiate(header)).isEqualTo("nl");
    }

    @Test
    void an_over_long_header_is_not_read() {
        assertThat(languages.negotiate("fr" + " ".repeat(254))).isEqualTo("fr");
        assertThat(languages.negotiate("fr" + " ".repeat(255))).isEqualTo("nl");
    }

    @Property
    void no_header_breaks_the_choice(
            @ForAll @Chars({'f', 'r', '-', ';', 'q', '=', ',', '*', '0', '.', ' '}) @StringLength(max = 256)
                    String header) {
        assertThat(Languages.SUPPORTED).contains(languages.negotiate(header));
    }

    @Property
    void no_character_breaks_the_choice(
            @ForAll @CharRange(from = '\0', to = '\uffff') @StringLength(max = 256) String header) {
        assertThat(Languages.SUPPORTED).contains(languages.negotiate(header));
    }
}
