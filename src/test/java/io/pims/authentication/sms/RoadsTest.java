package io.pims.authentication.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.Brands.Brand;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoadsTest {

    private static final Brand PEUGEOT =
            new Brand("peugeot", "Peugeot", Optional.of("Peugeot"), Map.of("FR", "38000"), "peugeot.com");

    private final List<String> made = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private boolean hasAccount = true;

    private record Sender(boolean configured) implements SmsSender {

        @Override
        public int concurrency() {
            return 8;
        }

        @Override
        public Duration longestCall() {
            return Duration.ZERO;
        }

        @Override
        public Uni<SmsOutcome> send(Sms sms, SendPermit permit) {
            throw new UnsupportedOperationException();
        }
    }

    private SmsProvider provider(String name) {
        return new SmsProvider() {

            @Override
            public String name() {
                asked.add(name);
                return name;
            }

            @Override
            public SmsSender sender(String road) {
                made.add(road + " by " + name);
                return new Sender(hasAccount);
            }
        };
    }

    private Roads roads(String... settings) {
        return new Roads(
                TestConfig.of(RoutesConfig.class, settings),
                TestConfig.brands(settings),
                List.of(provider("webhook"), provider("vonage")));
    }

    private Roads two(String... others) {
        List<String> settings = new ArrayList<>(List.of(
                "pims.sms.routes", "second,first",
                "pims.sms.routes.first.provider", "vonage",
                "pims.sms.routes.second.provider", "webhook"));
        settings.addAll(List.of(others));
        return roads(settings.toArray(String[]::new));
    }

    @Test
    void without_routes_there_is_one_road_for_all_countries() {
        Road only = roads().inOrder().get(0);

        assertThat(made).containsExactly("vonage by vonage");
        assertThat(only.name()).isEqualTo("vonage");
        assertThat(only.serves("FR")).isTrue();
        assertThat(only.serves("unknown")).isTrue();
    }

    @Test
    void a_provider_that_no_road_goes_by_checks_its_settings_too() {
        roads("pims.sms.routes", "first", "pims.sms.routes.first.provider", "webhook");

        assertThat(asked).containsExactlyInAnyOrder("webhook", "vonage");
    }

    @Test
    void the_roads_are_in_the_order_of_their_names() {
        Roads roads = two("pims.sms.routes.first.sends-per-second", "30");

        assertThat(roads.inOrder()).extracting(Road::name).containsExactly("second", "first");
        assertThat(roads.inOrder()).extracting(Road::sendsPerSecond).containsExactly(Optional.empty(), Optional.of(30));
        assertThat(made).containsExactly("second by webhook", "first by vonage");
        assertThat(roads.configured()).isTrue();
    }

    @Test
    void a_road_serves_the_countries_that_are_set_and_no_number_without_one() {
        Road second = two("pims.sms.routes.second.countries", "FR,RE").inOrder().get(0);

        assertThat(second.serves("FR")).isTrue();
        assertThat(second.serves("DE")).isFalse();
        assertThat(second.serves("unknown")).isFalse();
    }

    @Test
    void the_only_road_is_of_use_with_an_account_and_a_sender_for_each_brand() {
        assertThat(roads().configured()).isTrue();
        assertThat(roads("pims.sms.sender", "").configured()).isFalse();
        assertThat(roads("pims.sms.sender", "", "pims.sms.brands.citroen.sender", "Citroen")
                        .configured())
                .isTrue();
        hasAccount = false;
        assertThat(roads().configured()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "pims.sms.routes.second.countries,  'FR,UK',  pims.sms.routes.second.countries has 'UK'",
        "pims.sms.routes.second.provider,   '',       pims.sms.routes.second.provider is missing",
        "pims.sms.routes.second.senders.UK, 38000,    pims.sms.routes.second.senders.UK is of no country",
        "pims.sms.routes.third.provider,    vonage,   pims.sms.routes.third is set",
        "pims.sms.routes,                   'second,first,second', pims.sms.routes names a road twice",
        "pims.sms.sender,                   '',       pims.sms.routes.second.sender is missing",
    })
    void a_wrong_setting_of_a_road_stops_the_start(String key, String value, String message) {
        assertThatThrownBy(() -> two(key, value))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "pims.sms.routes.second.provider, twilio",
        "pims.sms.routes.second.countries, fr",
        "pims.sms.routes.second.countries, FRANCE",
        "pims.sms.routes.second.sender, +33612345678",
        "pims.sms.routes.second.senders.FR, NameOfTwelve",
        "pims.sms.routes.second.sends-per-second, 0",
    })
    void a_malformed_setting_of_a_road_stops_the_start(String key, String value) {
        assertThatThrownBy(() -> two(key, value)).hasMessageContaining(key.substring(key.indexOf("second") + 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"First", "a-b", "a b", "a.b", "1st", "seventeenletters1", "a,b,c,d,e,f,g,h,i", "é"})
    void names_are_up_to_eight_of_letters_and_digits(String names) {
        assertThatThrownBy(() -> TestConfig.of(RoutesConfig.class, "pims.sms.routes", names))
                .hasMessageContaining("pims.sms.routes");
    }

    @Test
    void a_road_that_has_a_sender_for_each_of_its_countries_needs_no_other() {
        Roads roads = two(
                "pims.sms.sender", "",
                "pims.sms.brands.citroen.sender", "Citroen",
                "pims.sms.brands.peugeot.sender", "",
                "pims.sms.routes.first.sender", "PIMS",
                "pims.sms.routes.second.countries", "FR,RE",
                "pims.sms.brands.peugeot.senders.RE", "38002",
                "pims.sms.routes.second.senders.FR", "38001");

        assertThat(roads.configured()).isTrue();
    }

    @Test
    void the_senders_of_a_road_go_before_those_of_a_brand_and_those_of_a_country_before_the_others() {
        assertThat(road(Map.of("FR", "38001"), "Road").senderOf(PEUGEOT, "FR")).contains("38001");
        assertThat(road(Map.of("FR", "38001"), "Road").senderOf(PEUGEOT, "DE")).contains("Road");
        assertThat(road(Map.of(), "Road").senderOf(PEUGEOT, "FR")).contains("Road");
        assertThat(road(Map.of("DE", "38001"), null).senderOf(PEUGEOT, "FR")).contains("38000");
        assertThat(road(Map.of(), null).senderOf(PEUGEOT, "DE")).contains("Peugeot");
        assertThat(road(Map.of(), null).senderOf(PEUGEOT, "unknown")).contains("Peugeot");
    }

    private static Road road(Map<String, String> senders, String own) {
        return new Road("r", new Sender(true), Set.of(), Optional.ofNullable(own), senders, Optional.empty());
    }
}
