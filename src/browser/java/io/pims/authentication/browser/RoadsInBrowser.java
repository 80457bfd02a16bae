package io.pims.authentication.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.ProviderApi;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.ReceivedMessage;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The way to a new PIN by each road to the phone, and the switch that takes the first one down. */
@QuarkusTest
@TestProfile(ThreeRoads.class)
class RoadsInBrowser extends BrowserTest {

    private static final List<ProviderApi> IN_ORDER =
            List.of(ProviderApi.SMS, ProviderApi.MESSAGES, ProviderApi.WEBHOOK);

    private PhonePage phone;

    @BeforeEach
    void somebody_opens_the_page() {
        phone = new PhonePage(page);
    }

    @ParameterizedTest
    @EnumSource
    void the_whole_way_can_be_gone_by_each_road(ProviderApi road) {
        takeDownAllBefore(road);
        String name = name(road);

        phone.certifiesNumber().asksForCode();
        assertThat(phone.life().filter(having(name + ": taken"))).hasCount(1);
        assertThat(phone.life().filter(having("unreachable"))).hasCount(IN_ORDER.indexOf(road));
        phone.usesCodeOfSms(2)
                .types("New PIN, six digits", "048213")
                .clicks("Set the new PIN")
                .sees("The new PIN is set");

        assertThat(phone.messages()).hasCount(3);
        assertThat(phone.messages().locator(".tags").filter(having("by " + name)))
                .hasCount(3);
        assertThat(vonage.messages()).extracting(ReceivedMessage::api).containsOnly(road);
    }

    @ParameterizedTest
    @CsvSource({"SMS, 1", "MESSAGES, 1", "WEBHOOK, 0"})
    void receipts_are_told_of_the_roads_that_have_them(ProviderApi road, int receipts) {
        takeDownAllBefore(road);

        phone.signsIn(TestDriver.withNumber(issuer).name()).asksForCode();

        assertThat(phone.life().filter(having("DELIVERED"))).hasCount(receipts);
        assertThat(phone.life().filter(having("Delivery receipt"))).hasCount(receipts);
    }

    @Test
    void the_switch_takes_the_first_road_down_and_brings_it_back() {
        assertThat(phone.firstRoadIsDown()).not().isChecked();
        assertThat(phone.roads()).containsText("The roads in their order: sms, messages, webhook.");

        phone.firstRoadIsDown().check();
        assertThat(phone.roads()).containsText("sms takes no connection: each SMS goes by messages.");
        assertThat(page.getByLabel("Normal")).isChecked();
        phone.signsIn(TestDriver.withNumber(issuer).name()).asksForCode();
        assertThat(phone.messages().locator(".tags")).hasText("peugeot · en · by messages");

        phone.firstRoadIsDown().uncheck();
        assertThat(phone.roads()).containsText("The roads in their order");
        phone.clicks("Sign out").signsIn(TestDriver.withNumber(issuer).name()).asksForCode();
        assertThat(phone.messages().locator(".tags")).hasText("peugeot · en · by sms");
    }

    @Test
    void the_switch_shows_what_is_in_force_whoever_ordered_it() {
        vonage.behave(ProviderApi.SMS, ProviderSettings.of(Behaviour.UNREACHABLE));
        assertThat(phone.firstRoadIsDown()).isChecked();

        phone.switchesProviderTo("Unreachable");
        assertThat(phone.roads()).containsText("No road takes a connection");

        phone.switchesProviderTo("Normal");
        assertThat(phone.firstRoadIsDown()).not().isChecked();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 375"})
    void axe_finds_nothing_about_the_switch_and_an_SMS_by_the_second_road(ColorScheme scheme, int width) {
        look(scheme, width, 880);
        phone = new PhonePage(page);

        phone.firstRoadIsDown().check();
        phone.signsIn(TestDriver.withNumber(issuer).name()).asksForCode();
        assertThat(phone.messages().locator(".tags")).hasText("peugeot · en · by messages");

        nothingIsFound(width);
    }

    @Test
    void a_new_SIM_gets_no_code_and_the_page_says_what_the_operator_said() {
        phone.signsIn(TestDriver.withNumber(issuer, "+33612999205").name())
                .clicks("Send me a code")
                .sees("2204");
        assertThat(phone.life().filter(having("operator: swapped 5 h ago"))).hasCount(1);
        assertThat(phone.life().filter(having("Attempt"))).hasCount(0);
        assertThat(phone.messages()).hasCount(0);

        phone.clicks("Sign out").signsIn(TestDriver.withNumber(issuer).name()).asksForCode();
        assertThat(phone.life().filter(having("operator: never swapped"))).hasCount(1);
    }

    private void takeDownAllBefore(ProviderApi road) {
        IN_ORDER.stream()
                .takeWhile(before -> before != road)
                .forEach(before -> vonage.behave(before, ProviderSettings.of(Behaviour.UNREACHABLE)));
    }

    private static String name(ProviderApi road) {
        return road.name().toLowerCase(Locale.ROOT);
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
