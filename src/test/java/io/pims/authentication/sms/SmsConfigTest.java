package io.pims.authentication.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.configuration.WrongSetting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsConfigTest {

    @Test
    void a_brand_fills_its_gaps_from_the_defaults() {
        Brands brands = TestConfig.brands();

        assertThat(brands.of("citroen").sender()).contains("PIMS");
        assertThat(brands.of("citroen").origin()).isEqualTo("pims.example");
        assertThat(brands.of("peugeot").sender()).contains("Peugeot");
        assertThat(brands.of("peugeot").origin()).isEqualTo("peugeot.com");
    }

    @Test
    void a_brand_is_found_in_any_case_and_an_unknown_one_is_the_default() {
        Brands brands = TestConfig.brands();

        assertThat(brands.of("CITROEN").name()).isEqualTo("Citroen");
        assertThat(brands.of("lada").name()).isEqualTo("Peugeot");
        assertThat(brands.of(null).name()).isEqualTo("Peugeot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "citroen",
                "Citroën",
                "CITROE\u0308N",
                " citroën\u00a0",
                "AC",
                "a c",
                "automobiles-citroen",
                "Automobiles  Citroën"
            })
    void a_brand_is_known_by_key_name_and_alias_whatever_case_accents_and_blanks_they_have(String claim) {
        Brands brands = TestConfig.brands("pims.sms.brands.citroen.aliases", "AC, Automobiles Citroën");

        assertThat(brands.keyOf(claim)).contains("citroen");
        assertThat(brands.of(claim).name()).isEqualTo("Citroen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "lada", "citroe", "citroen peugeot", "\0", "日本"})
    void what_is_no_brand_has_no_key(String claim) {
        assertThat(TestConfig.brands().keyOf(claim)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pims.sms.brands.citroen.aliases, PEUGEOT",
        "pims.sms.brands.citroen.aliases, 'AC, peu geot'",
        "pims.sms.brands.citroen.name, Peugeot",
        "pims.sms.brands.citroen.name, Peugèot",
        "pims.sms.brands.PEUGEOT.name, Another"
    })
    void a_name_that_stands_for_two_brands_stops_the_start(String key, String value) {
        assertThatThrownBy(() -> TestConfig.brands(key, value))
                .hasMessageStartingWith("pims.sms.brands.")
                .hasMessageContaining("which stands for the brand ");
    }

    @Test
    void a_default_brand_that_is_not_configured_stops_the_start() {
        assertThatThrownBy(() -> TestConfig.brands("pims.sms.default-brand", "lada"))
                .hasMessageContaining("pims.sms.default-brand");
    }

    @ParameterizedTest
    @CsvSource({
        "pims.sms.sender, +33612345678",
        "pims.sms.sender, NameOfTwelve",
        "pims.sms.sender, 1234567890123456",
        "pims.sms.sender, 'My Brand'",
        "pims.sms.android-hash, tooShort",
        "pims.sms.default-language, sv",
        "pims.sms.origin, https://peugeot.com",
        "pims.sms.brands.peugeot.sender, 'Peugeot!'",
        "pims.sms.brands.peugeot.senders.FR, +33612345678",
        "pims.sms.brands.peugeot.senders.FR, 'My Brand'",
        "pims.sms.brands.peugeot.origin, 'peugeot.com #123456'",
        "pims.sms.brands.peugeot.name, 'Peu\ngeot'",
        "pims.sms.brands.peugeot.aliases, 'AP, --'",
    })
    void a_malformed_setting_stops_the_start(String key, String value) {
        assertThatThrownBy(() -> TestConfig.of(SmsConfig.class, key, value)).hasMessageContaining(key);
    }

    @Test
    void a_brand_has_senders_by_country_whose_code_may_come_in_any_case() {
        Brands brands = TestConfig.brands(
                "pims.sms.brands.peugeot.senders.FR", "38000", "pims.sms.brands.peugeot.senders.pl", "48123456789");

        assertThat(brands.of("peugeot").senders()).isEqualTo(Map.of("FR", "38000", "PL", "48123456789"));
        assertThat(brands.of("citroen").senders()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UK", "EU", "ZZ", "FRA", "33", "france"})
    void a_sender_for_what_is_no_country_stops_the_start(String key) {
        assertThatThrownBy(() -> TestConfig.brands("pims.sms.brands.peugeot.senders." + key, "38000"))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("pims.sms.brands.peugeot.senders." + key + " is of no country of ISO 3166-1");
    }

    @ParameterizedTest
    @CsvSource({"33612345678", "123456789012345", "Peugeot", "PSA2", "NameOfElevn"})
    void a_number_or_a_short_name_is_a_sender(String sender) {
        assertThat(TestConfig.of(SmsConfig.class, "pims.sms.sender", sender).sender())
                .contains(sender);
    }
}
