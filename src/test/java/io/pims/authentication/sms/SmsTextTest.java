package io.pims.authentication.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsTextTest {

    private static final String HASH = "FA+9qCX9VSu";
    private static final String[] LONGEST = {
        "pims.sms.android-hash", HASH,
        "pims.sms.brands.ds.name", "DS Automobiles",
        "pims.sms.brands.ds.origin", "services.dsautomobiles.com"
    };

    private final Brands brands = TestConfig.brands(LONGEST);
    private final SmsText text = TestConfig.text(LONGEST);

    static List<String> languages() {
        return Languages.SUPPORTED;
    }

    @Test
    void it_reads_like_this() {
        assertThat(TestConfig.text().code("resetPIN", brands.of("peugeot"), "en", "012345", Duration.ofMinutes(10)))
                .isEqualTo("""
                        Peugeot: 012345 is your PIN reset code. Valid for 10 min. Never share it.
                        @peugeot.com #012345""");
        assertThat(TestConfig.text().code("resetPIN", brands.of("citroen"), "fr", "012345", Duration.ofMinutes(10)))
                .startsWith("Citroen : 012345 est votre code pour réinitialiser votre PIN. Valable 10 min.");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void the_longest_text_of_every_language_is_one_gsm7_segment(String language) {
        String sms = text.code("resetPIN", brands.of("ds"), language, "888888", Duration.ofMinutes(10));

        assertThat(Gsm7.fitsOneSegment(sms)).isTrue();
        assertThat(sms).contains("DS Automobiles", "888888").containsIgnoringCase("10 min");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_language_has_a_text_of_its_own_without_a_placeholder_left(String language) {
        String sms = text.code("resetPIN", brands.of("ds"), language, "888888", Duration.ofMinutes(10));

        assertThat(sms).doesNotContain("{", "}");
        assertThat(languages().stream().filter(other -> !other.equals(language)))
                .noneMatch(other -> text.code("resetPIN", brands.of("ds"), other, "888888", Duration.ofMinutes(10))
                        .equals(sms));
    }

    @ParameterizedTest
    @CsvSource({
        "PT10M, 10",
        "PT9M59.999S, 9",
        "PT2M30S, 2",
        "PT2M, 2",
        "PT1M59.999S, 1",
        "PT1M, 1",
        "PT59.999S, <1",
        "PT1S, <1",
        "PT-1S, <1"
    })
    void it_never_tells_more_minutes_than_there_are(Duration left, String minutes) {
        assertThat(text.code("resetPIN", brands.of("ds"), "en", "888888", left))
                .contains("Valid for " + minutes + " min");
    }

    @Property
    void the_last_line_binds_the_code_to_the_host(@ForAll("codes") String code, @ForAll("supported") String language) {
        List<String> lines = text.code("resetPIN", brands.of("ds"), language, code, Duration.ofMinutes(10))
                .lines()
                .toList();

        assertThat(lines).hasSize(3).first().asString().contains(code);
        assertThat(lines).element(1).isEqualTo(HASH);
        assertThat(lines).last().isEqualTo("@services.dsautomobiles.com #" + code);
    }

    @Provide
    Arbitrary<String> codes() {
        return Arbitraries.strings().numeric().ofLength(6);
    }

    @Provide
    Arbitrary<String> supported() {
        return Arbitraries.of(Languages.SUPPORTED);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"sv", "", "fr-FR"})
    void another_language_falls_back_to_the_default(String language) {
        assertThat(text.code("resetPIN", brands.of("opel"), language, "123456", Duration.ofMinutes(10)))
                .isEqualTo(text.code("resetPIN", brands.of("opel"), "en", "123456", Duration.ofMinutes(10)));
    }

    @Test
    void a_host_that_leaves_no_room_stops_the_start() {
        assertThatThrownBy(() -> TestConfig.text("pims.sms.brands.peugeot.origin", "a".repeat(80) + ".com"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Peugeot")
                .hasMessageNotContaining("000000");
    }

    @Test
    void a_brand_name_that_can_not_be_sent_stops_the_start() {
        assertThatThrownBy(() -> TestConfig.text("pims.sms.brands.peugeot.name", "Łada"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
