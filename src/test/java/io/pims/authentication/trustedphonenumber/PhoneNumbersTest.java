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
                "  +33 6 12 34 56 78 ",
                "\u202a+33 6 12 34 56 78\u202c",
                "\u202d+33612345678\u202c",
                "\u2066\u200e+33 6 12 34 56 78\u2069",
                "\u202e+33612345678",
                "+33612345678\u200f",
                "\u200b06\u200b12\u200b34\u200b56\u200b78\ufeff",
                "+33\u00a06\u00a012\u00a034\u00a056\u00a078",
                "06\u202f12\u202f34\u202f56\u202f78",
                "06\u201012\u201034\u201056\u201078",
                "06\u201112\u201334\u221256\u2212\uff0d78",
                "\uff0b33 6 12 34 56 78",
                "\uff0b\uff13\uff13\uff16\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
                "\uff08\uff10\uff16\uff09\u300012345678",
                "tel:+33612345678",
                "TEL: +33-6-12-34-56-78",
                "tel:0612345678",
                "\u200etel:0033 6 12 34 56 78\n",
                "+33612345678\n",
                "\r\n\t+33612345678\r\n",
                "06 12 34 56 78\u2028"
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
        "US, +12015550123",
        "RU, +79123456789",
        "GG, +447781123456",
        "JE, +447797712345",
        "IM, +447624123456",
        "PM, +508551234",
        "GI, +35057123456",
        "FO, +298211234",
        "GL, +299221234",
        "TR, +905012345678",
        "KZ, +77710009998"
    })
    void a_country_that_is_not_listed_is_refused_and_listed_accepted(String country, String typed) {
        assertThat(numbers.read(typed, NO_CLAIM)).isEmpty();
        assertThat(numbers("pims.trustedphonenumber.countries", country).read(typed, NO_CLAIM))
                .contains(new PhoneNumber(typed));
    }

    @ParameterizedTest
    @CsvSource({
        "IS, +3546111234", "LI, +423660234567", "NO, +4741234567", "GP, +590690001234", "MQ, +596696201234",
        "GF, +594694201234", "RE, +262692123456", "YT, +262639012345", "AD, +376312345", "MC, +377612345678",
        "SM, +37866661212"
    })
    void the_economic_area_frances_regions_in_the_union_and_the_microstates_are_accepted(String country, String typed) {
        assertThat(numbers.read(typed, NO_CLAIM)).contains(new PhoneNumber(typed));
    }

    @ParameterizedTest
    @CsvSource({
        "FR, 0692 12 34 56, +262692123456",
        "FR, 0693 12 34 56, +262693123456",
        "fr, 0639 01 23 45, +262639012345",
        "FR, 0690 00 12 34, +590690001234",
        "FR, 0696 20 12 34, +596696201234",
        "FR, 0694 20 12 34, +594694201234",
        "RE, 0692 12 34 56, +262692123456",
        "RE, 0639 01 23 45, +262639012345",
        "RE, 06 12 34 56 78, +33612345678",
        "YT, 06 12 34 56 78, +33612345678",
        "GP, 06 12 34 56 78, +33612345678",
        "MQ, 06 12 34 56 78, +33612345678",
        "GF, 06 12 34 56 78, +33612345678",
        "BL, 06 12 34 56 78, +33612345678",
        "MF, 06 12 34 56 78, +33612345678",
        "PM, 06 12 34 56 78, +33612345678",
        "BL, 0690 00 12 34, +590690001234",
        "MQ, 0692 12 34 56, +262692123456",
        "IT, 66 66 12 12, +37866661212",
        "SM, 347 123 4567, +393471234567",
        "SM, 66 66 12 12, +37866661212",
        "VA, 347 123 4567, +393471234567",
        "JE, 07400 123456, +447400123456",
        "GG, 07400 123456, +447400123456",
        "IM, 07400 123456, +447400123456",
        "SJ, 412 34 567, +4741234567",
        "AX, 045 7123456, +358457123456",
        "FI, 045 7123456, +358457123456",
    })
    void a_number_of_a_sister_region_is_read_where_it_is_none_at_home(String region, String typed, String number) {
        assertThat(numbers.read(typed, Optional.of(region))).contains(new PhoneNumber(number));
    }

    @Test
    void a_sister_region_is_tried_for_the_default_region_as_well() {
        assertThat(withDefault("FR").read("0692 12 34 56", NO_CLAIM)).contains(new PhoneNumber("+262692123456"));
    }

    @ParameterizedTest
    @CsvSource({
        "GB, 07797 712345", "GB, 07781 123456", "FR, 055 12 34", "DE, 0692 12 34 56", "US, 0692 12 34 56",
        "FR, +33692123456", "FR, 0033692123456", "FR, 0262 12 34 56", "FR, 0590 12 34 56", "FR, 0692 12 34",
        "IT, 0549 88 12 34", "XX, 0692 12 34 56"
    })
    void a_sister_region_makes_nothing_acceptable_that_is_not(String region, String typed) {
        assertThat(numbers.read(typed, Optional.of(region))).isEmpty();
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
                "06 12 34 FLAG",
                "+33612345678 ext. 5",
                "+33612345678;ext=5",
                "+33612345678x5",
                "+33612345678#5",
                "tel:",
                "tel:tel:+33612345678",
                "tel:+33612345678;ext=5",
                "tel:0612345678;phone-context=+33",
                "tel://+33612345678",
                "sms:+33612345678",
                "+33612345678 tel:",
                "+33612345678\u0000",
                "+336\t12345678",
                "+336\n12345678",
                "06\u202812345678",
                "06\ufe0f12345678",
                "\uff21612345678",
                "+33612345678\uff0c",
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
