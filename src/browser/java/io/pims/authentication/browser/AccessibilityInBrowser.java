package io.pims.authentication.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What axe-core finds, in the states that the page has; and the pictures for the README, if asked for. */
@QuarkusTest
@TestProfile(QuickProvider.class)
class AccessibilityInBrowser extends BrowserTest {

    private static final Path PICTURES = Path.of("src", "browser", "screenshots");

    @ParameterizedTest
    @CsvSource({"light, LIGHT, 1280, 880", "dark, DARK, 1280, 880", "narrow, LIGHT, 375, 812", "'', DARK, 375, 812"})
    void nothing_is_found_before_on_and_behind_the_way(String picture, ColorScheme scheme, int width, int height) {
        look(scheme, width, height);
        PhonePage phone = new PhonePage(page);
        nothingIsFound(width);

        phone.certifiesNumber().asksForCode().usesCodeOfSms(2);
        assertThat(phone.life().last()).containsText("Code not spent yet");
        picture(picture, width);
        page.locator("#change summary").click();
        phone.exchanges().first().locator("summary").click();
        nothingIsFound(width);

        phone.types("New PIN, six digits", "123456").clicks("Set the new PIN").sees("2102");
        nothingIsFound(width);
    }

    /** As much as the window shows, or down to the time line where the panes are one below the other. */
    private void picture(String name, int width) {
        if (Boolean.getBoolean("browser.screenshots") && !name.isEmpty()) {
            page.evaluate("scrollTo(0, 0)");
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setClip(0, 0, width, name.equals("narrow") ? 1_740 : 880)
                    .setPath(PICTURES.resolve(name + ".png")));
        }
    }
}
