package io.pims.authentication.input;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PastedTextTest {

    private static final String VISIBLE = "06 12";

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\u202a06 12\u202c",
                "\u2066\u200e06 12\u200f\u2069",
                "06\u200b \u00ad12\ufeff",
                "\u206806\u2060 12\u2069",
                "06\u00a012",
                "06\u202f12",
                "06\u300012",
                "\u2003 06 12 \u2009",
                "０６　１２",
            })
    void what_nobody_sees_is_gone_and_a_blank_is_a_space(String pasted) {
        assertThat(PastedText.plain(pasted)).isEqualTo(VISIBLE);
        assertThat(PastedText.plain("\r\n\t" + pasted + "\u2028\n\u0085\u200e\n"))
                .isEqualTo(VISIBLE);
    }

    @ParameterizedTest
    @CsvSource({"06\u201012", "06\u201112", "06\u201212", "06\u201312", "06\u201412", "06\u221212", "06\uff0d12"})
    void hyphens_dashes_and_the_minus_sign_are_one(String pasted) {
        assertThat(PastedText.plain(pasted)).isEqualTo("06-12");
    }

    @ParameterizedTest
    @CsvSource({"\uff0b33, +33", "\uff0333, #33", "\uff0806\uff09, (06)", "\uff21, A"})
    void full_width_forms_are_what_they_show(String pasted, String plain) {
        assertThat(PastedText.plain(pasted)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({"06\t12", "06\n12", "\u0000", "é", "\u0660", "😀", "\ud800", "a\u0301"})
    void all_else_stays(String text) {
        assertThat(PastedText.plain(text)).isEqualTo(text);
    }

    @Property
    void it_is_never_longer_and_plain_already(@ForAll String text) {
        String plain = PastedText.plain(text);

        assertThat(plain.length()).isLessThanOrEqualTo(text.length());
        assertThat(PastedText.plain(plain)).isEqualTo(plain);
    }
}
