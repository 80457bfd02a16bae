package io.pims.authentication.trustedphonenumber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.sms.TestConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {

    private static final Optional<PhoneNumber> DRIVERS = Optional.of(new PhoneNumber("+33612345678"));
    private static final Optional<String> NO_CLAIM = Optional.empty();
    private static final Optional<String> FR = Optional.of("FR");

    private final PhoneNumbers numbers = numbers();

    static PhoneNumbers numbers(String... changes) {
        return new PhoneNumbers(TestConfig.of(AcceptedNumbersConfig.class, changes));
    }

    private static PhoneNumbers withDefault(String region) {
        return numbers("pims.trustedphonenumber.default-region", region);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+33612345678",
                "0033612345678",
                "06 12 34 56 78",
                "0612345678",
                "06.12.34.56.78",
                "06-12-34-56-78",
                "06/12/34/56/78",
                "(06) 12 34 56 78",
                "+33 (0)6 12 34 56 78",
                "00 33 6 12 34 56 78",
                "  +33 6 12 34 56 78 "
            })
    void a_french_number_has_one_form_however_it_is_written(String typed) {
        assertThat(numbers.read(typed, FR)).isEqualTo(DRIVERS);
        assertThat(withDefault("FR").read(typed, NO_CLAIM)).isEqualTo(DRIVERS);
    }

    @Test
    void the_claimed_region_goes_before_the_default_one() {
        assertThat(withDefault("DE").read("06 12 34 56 78", FR)).isEqualTo(DRIVERS);
        assertThat(withDefault("DE").read("06 12 34 56 78", Optional.of("fr"))).isEqualTo(DRIVERS);
        assertThat(withDefault("FR").read("612 345 678", Optional.of("ES"))).contains(new PhoneNumber("+34612345678"));
    }

    @Test
    void without_any_region_only_an_international_number_is_read() {
        assertThat(numbers.read("+33612345678", NO_CLAIM)).isEqualTo(DRIVERS);
        assertThat(numbers.read("0033612345678", NO_CLAIM)).isEqualTo(DRIVERS);
        assertThat(numbers.read("06 12 34 56 78", NO_CLAIM)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "XX", "ZZ", "001", "France", "fr-FR", "\u0000"})
    void an_unknown_claim_is_not_replaced_by_the_default_region(String claim) {
        assertThat(withDefault("FR").read("06 12 34 56 78", Optional.of(claim))).isEmpty();
        assertThat(withDefault("FR").read("+33612345678", Optional.of(claim))).isEqualTo(DRIVERS);
    }

    @Test
    void a_driver_from_a_region_that_is_not_accepted_may_have_an_accepted_number() {
        assertThat(numbers.read("+33612345678", Optional.of("US"))).isEqualTo(DRIVERS);
        assertThat(numbers.read("0033612345678", Optional.of("US"))).isEqualTo(DRIVERS);
        assertThat(numbers.read("(201) 555-0123", Optional.of("US"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "fixed line, +33145678901",
        "premium rate, +33899123456",
        "shared cost, +33810123456",
        "toll free, +33800123456",
        "voice over IP, +33912345678",
        "personal number, +447012345678",
        "pager, +447640123456",
        "premium rate, +498001234567",
        "international premium rate, +979123456789",
        "universal freephone, +80012345678",
        "satellite, +881612345678",
        "emergency, 112",
        "short code, 36184",
        "too short, +3361234567",
        "too long, +336123456789",
        "no such country, +999612345678"
    })
    void what_is_not_a_mobile_number_is_refused(String why, String typed) {
        assertThat(numbers.read(typed, FR)).as(why).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "US, +12015550123", "RU, +79123456789", "GG, +447781123456", "JE, +447797712345", "IM, +447624123456",
        "RE, +262692123456", "GP, +590690001234", "MC, +377612345678", "TR, +905012345678", "KZ, +77710009998"
    })
    void a_country_that_is_not_listed_is_refused_and_listed_accepted(String country, String typed) {
        assertThat(numbers.read(typed, NO_CLAIM)).isEmpty();
        assertThat(numbers("pims.trustedphonenumber.countries", country).read(typed, NO_CLAIM))
                .contains(new PhoneNumber(typed));
    }

    @Test
    void aland_and_svalbard_have_no_mobile_range_of_their_own() {
        assertThat(numbers.read("+358457123456", NO_CLAIM)).isPresent();
        assertThat(numbers.read("+4741234567", NO_CLAIM)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "++33612345678",
                "(+33)612345678",
                "33+612345678",
                "٠٦١٢٣٤٥٦٧٨",
                "０６１２３４５６７８",
                "＋33612345678",
                "06 12 34 FLAG",
                "+33612345678 ext. 5",
                "+33612345678;ext=5",
                "+33612345678x5",
                "+33612345678#5",
                "tel:+33612345678",
                "+33612345678\u0000",
                "\u202e+33612345678",
                "+33612345678\u200f",
                "+336\t12345678",
                "+33612345678\n",
                "\r\n+33612345678",
                "+33\u00a0612345678",
                "+33612345678,+33612345679",
                "+33612345678*1",
                "06~12~34~56~78"
            })
    void any_other_character_is_refused(String typed) {
        assertThat(numbers.read(typed, FR)).isEmpty();
    }

    @Test
    void more_than_64_characters_are_refused() {
        assertThat(numbers.read(" ".repeat(52) + "+33612345678", FR)).isEqualTo(DRIVERS);
        assertThat(numbers.read(" ".repeat(53) + "+33612345678", FR)).isEmpty();
    }

    @Test
    @Timeout(2)
    void a_huge_text_costs_nothing() {
        assertThat(numbers.read("0".repeat(10_000_000), FR)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"XX, 'XX'", "fr, 'fr'", "'FR,UK', 'UK'", "001, '001'", "FRA, 'FRA'"})
    void a_country_that_is_none_stops_the_start(String countries, String culprit) {
        assertThatThrownBy(() -> numbers("pims.trustedphonenumber.countries", countries))
                .hasMessage("pims.trustedphonenumber.countries has '" + culprit
                        + "', which is no region of ISO 3166-1 with phone numbers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"US", "XX", "fr"})
    void a_default_region_that_is_not_accepted_stops_the_start(String region) {
        assertThatThrownBy(() -> withDefault(region))
                .hasMessage("pims.trustedphonenumber.default-region is '" + region
                        + "', which is not among pims.trustedphonenumber.countries");
    }

    @Test
    void the_keys_of_the_vault_are_set_beside_these_under_one_prefix() {
        Map<String, String> properties = Map.of(
                "pims.trustedphonenumber.countries", "FR,ES",
                "pims.trustedphonenumber.default-region", "ES",
                "pims.trustedphonenumber.encryption-keys", "one:AAAA",
                "pims.trustedphonenumber.hash-key", "one:AAAA");

        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withMapping(AcceptedNumbersConfig.class)
                .withMapping(NumberVaultConfig.class)
                .build();

        assertThat(config.getConfigMapping(AcceptedNumbersConfig.class).countries())
                .containsOnly("FR", "ES");
        assertThat(config.getConfigMapping(NumberVaultConfig.class).hashKey()).isEqualTo("one:AAAA");
    }

    @Test
    void spaces_between_countries_do_no_harm() {
        assertThat(numbers("pims.trustedphonenumber.countries", "DE, FR ,ES").read("+33612345678", NO_CLAIM))
                .isEqualTo(DRIVERS);
    }
}
