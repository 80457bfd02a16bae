package io.pims.authentication.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.ProviderSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each switch of the provider, with the code that the app gets. */
@QuarkusTest
@TestProfile(QuickProvider.class)
class ProviderInBrowser extends BrowserTest {

    private PhonePage phone;

    @BeforeEach
    void a_driver_signs_in() {
        phone = new PhonePage(page).signsIn(TestDriver.withNumber(issuer).name());
    }

    @ParameterizedTest
    @CsvSource({
        "Slow, 2201 Timeout/Polling Timeout/Command Timeout, no answer in time",
        "Refuses, 2204 Server Error, 'refused, status 6'",
        "Unreachable, 2202 Network problem : No internet, unreachable",
        "Throttles, 2201 Timeout/Polling Timeout/Command Timeout, 'try later, status 1'",
        "Bad account, 2006 Core not well configured, 'not configured well, status 4'"
    })
    void a_provider_that_fails_shows_as_its_code(String behaviour, String codeAndLabel, String attempt) {
        phone.switchesProviderTo(behaviour).clicks("Send me a code").sees(codeAndLabel);

        assertThat(phone.life().nth(2)).containsText("provider: " + attempt);
        assertThat(phone.life().last()).containsText("FAILED " + codeAndLabel);
    }

    @ParameterizedTest
    @CsvSource({"Normal, DELIVERED", "No receipt, none yet"})
    void a_provider_that_takes_the_sms_shows_as_success(String behaviour, String receipt) {
        phone.switchesProviderTo(behaviour).asksForCode();

        assertThat(phone.messages()).hasCount(1);
        assertThat(phone.life().filter(new Locator.FilterOptions().setHasText("Delivery receipt")))
                .containsText(receipt);
    }

    @Test
    void the_switch_shows_what_is_in_force_whoever_ordered_it() {
        vonage.behave(ProviderSettings.of(Behaviour.THROTTLE));

        assertThat(page.getByLabel("Throttles")).isChecked();
        assertThat(page.locator("#provider-note")).containsText("the app gets 2201");

        vonage.behave(ProviderSettings.of(Behaviour.GARBAGE));

        assertThat(page.locator("#provider-note")).containsText("ordered elsewhere: garbage");
        assertThat(page.locator("#provider :checked")).hasCount(0);
    }

    @Test
    void with_one_road_the_page_tells_of_no_roads() {
        phone.asksForCode();

        assertThat(phone.roads()).isHidden();
        assertThat(phone.messages().locator(".tags")).hasText("peugeot · en");
    }
}
