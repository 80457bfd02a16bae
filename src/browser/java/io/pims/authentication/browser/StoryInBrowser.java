package io.pims.authentication.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.pims.authentication.TestDriver;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way from a new account to a new PIN, as somebody clicks it. */
@QuarkusTest
@TestProfile(QuickProvider.class)
class StoryInBrowser extends BrowserTest {

    private PhonePage phone;

    @BeforeEach
    void somebody_opens_the_page() {
        phone = new PhonePage(page);
    }

    @Test
    void somebody_new_certifies_a_number_asks_for_a_code_and_sets_a_new_pin() {
        phone.certifiesNumber();
        assertThat(page.locator("#number")).hasText(Pattern.compile("\\+336\\d{8}"));

        phone.asksForCode().usesCodeOfSms(2);
        assertThat(page.locator(".steps [aria-current]")).hasText("Set a new PIN");
        phone.types("New PIN, six digits", "048213").clicks("Set the new PIN").sees("The new PIN is set");

        assertThat(page.locator(".steps [data-state=done]")).hasCount(4);
        assertThat(phone.messages()).hasCount(3);
        assertThat(phone.messages().nth(2)).containsText("the PIN of your car was reset");
        assertThat(verification(page.locator("#whoami").textContent().split(" ")[0], "048213"))
                .isTrue();
    }

    @Test
    void the_life_of_a_transaction_is_told_from_accepted_to_spent() {
        phone.certifiesNumber().asksForCode();
        assertThat(phone.life().last()).containsText("Code not spent yet");

        phone.usesCodeOfSms(2).types("New PIN, six digits", "048213").clicks("Set the new PIN");

        assertThat(phone.life().last()).containsText("Code spent");
        assertThat(phone.life().locator("b").allTextContents())
                .startsWith("Accepted", "Claimed", "Attempt 1")
                .contains("SMS on the phone", "SUCCEEDED");
        assertThat(phone.life().nth(2)).containsText("provider: taken, status 0");
    }

    @Test
    void requests_answers_and_limits_are_shown_as_they_went_over_the_wire() {
        TestDriver driver = TestDriver.withNumber(issuer);
        phone.signsIn(driver.name()).asksForCode();

        phone.exchanges().nth(1).locator("summary").click();
        assertThat(phone.exchanges().nth(1).locator(".request"))
                .hasText(Pattern.compile(
                        "POST /v1/authentication/smscode.*Authorization: Bearer ey.*\\{\"type\":\"resetPIN\"}",
                        Pattern.DOTALL));
        assertThat(phone.exchanges().nth(1).locator(".answer"))
                .hasText(Pattern.compile(
                        "202.*location: /v1/authentication/smscode/.*\"status\":\"PENDING\",\"result\":null}",
                        Pattern.DOTALL));
        assertThat(page.locator("#limits")).containsText("0 of 1 left in 30 s");
    }

    @Test
    void the_sms_comes_in_the_language_and_for_the_brand_that_were_chosen() {
        TestDriver driver = TestDriver.withNumber(issuer);

        phone.chooses("Car", "Opel")
                .chooses("Language", "Français")
                .signsIn(driver.name())
                .clicks("Send me a code");

        assertThat(phone.messages().locator(".text"))
                .hasText(Pattern.compile("Opel.*@opel\\.com #\\d{6}", Pattern.DOTALL));
        assertThat(phone.messages().locator(".text")).hasAttribute("lang", "fr");
        assertThat(phone.messages().locator(".tags")).hasText("opel · fr");
    }

    @Test
    void what_goes_wrong_is_told_by_its_code_and_in_plain_words() {
        phone.signsInAsSomebodyNew().clicks("Send me a code").sees("2101 Missing trustedphonenumber parameter");
        phone.certifiesNumberAtHand().asksForCode();

        phone.types("Code from the SMS", "no sms").types("New PIN, six digits", "048213");
        phone.clicks("Set the new PIN").sees("2102 Invalid smsCode parameter");
        phone.usesCodeOfSms(2).types("New PIN, six digits", "123456");
        phone.clicks("Set the new PIN").sees("none that is easily guessed");
        phone.clicks("Send me a code").sees("2201").sees("A limit is used up. It works again in");
    }

    @Test
    void a_wrong_code_is_counted_before_it_is_compared() {
        TestDriver driver = TestDriver.withNumber(issuer);
        phone.signsIn(driver.name()).asksForCode();
        String code = vonage.messagesTo(driver.number()).get(0).text().replaceAll("(?s).*#", "");

        phone.types("Code from the SMS", code.equals("000000") ? "000001" : "000000")
                .types("New PIN, six digits", "048213")
                .clicks("Set the new PIN")
                .sees("2305 The sms code is invalid");

        assertThat(phone.life().last()).containsText("1 of 5 guesses used");
    }

    @Test
    void the_way_to_a_new_pin_can_be_gone_by_keyboard_alone() {
        TestDriver driver = TestDriver.withNumber(issuer);
        tabTo("Driver");
        page.keyboard().press("Control+a");
        page.keyboard().type(driver.name());
        page.keyboard().press("Enter");
        assertThat(page.locator("#whoami")).isFocused();

        tabTo("Send me a code");
        page.keyboard().press("Enter");
        phone.sees("SUCCEEDED");
        assertThat(page.getByLabel("Code from the SMS")).isFocused();
        assertThat(phone.messages()).hasCount(1);
        tabTo("Use this code");
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("New PIN, six digits")).isFocused();
        page.keyboard().type("048213");
        page.keyboard().press("Enter");

        phone.sees("The new PIN is set");
    }

    /** The name of what has the focus, label or text. */
    private void tabTo(String name) {
        for (int stops = 0; stops < 40; stops++) {
            page.keyboard().press("Tab");
            Object focused = page.evaluate(
                    "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim().split('\\n')[0]");
            if (name.equals(focused)) {
                return;
            }
        }
        throw new AssertionError("Not reached by the Tab key: " + name);
    }

    private boolean verification(String user, String pin) {
        return given().auth()
                .oauth2(issuer.token("vehicle", Optional.of("pin-verifier"), Optional.empty()))
                .contentType(ContentType.JSON)
                .body(Map.of("user", user, "pinCode", pin))
                .post("/v1/authentication/pincode/verification")
                .then()
                .statusCode(200)
                .body("status", equalTo("SUCCEEDED"))
                .extract()
                .path("result.isPinCodeValid");
    }
}
