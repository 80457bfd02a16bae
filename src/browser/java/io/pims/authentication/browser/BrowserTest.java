package io.pims.authentication.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A page in a real browser, of which no test may end with an error in the console. */
abstract class BrowserTest {

    private static final List<String> USUAL_PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    /** Longer than the deadline of a command, and than a loaded machine takes. */
    private static final double PATIENCE_MS = 30_000;

    private static Playwright playwright;
    private static Browser browser;

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @TestHTTPResource
    URI service;

    private final List<String> errors = new CopyOnWriteArrayList<>();
    Page page;

    @BeforeAll
    static void launch() {
        // The browser is the system's; Playwright's own would be downloaded from elsewhere than the dependencies.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        // Its sandbox does not start for root, as in a container.
                        .setChromiumSandbox(!System.getProperty("user.name").equals("root"))
                        .setArgs(List.of("--disable-background-networking", "--disable-component-update")));
    }

    private static Path executable() {
        return Stream.concat(Stream.of(System.getProperty("browser.executable", "")), USUAL_PLACES.stream())
                .filter(place -> !place.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No Chromium in " + USUAL_PLACES
                        + ": install one, or name it by -Dbrowser.executable=/path/to/chromium"));
    }

    @AfterAll
    static void close() {
        playwright.close();
    }

    @BeforeEach
    void open() {
        vonage.reset();
        look(ColorScheme.LIGHT, 1280, 880);
    }

    /** Opens a new window in the place of the one before. */
    void look(ColorScheme scheme, int width, int height) {
        if (page != null) {
            page.context().close();
        }
        page = browser.newPage(
                new Browser.NewPageOptions().setColorScheme(scheme).setViewportSize(width, height));
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !isRefusal(message)) {
                errors.add(message.text() + " at " + message.location());
            }
        });
        page.navigate(service.resolve("/").toString());
    }

    /** What axe-core finds once nothing moves: a message that fades in has too little contrast. */
    void nothingIsFound(int width) {
        PlaywrightAssertions.assertThat(page.locator(".live[data-state=on]")).isVisible();
        page.evaluate("Promise.allSettled(document.getAnimations()"
                + ".filter(each => each.effect.getComputedTiming().iterations !== Infinity)"
                + ".map(each => each.finished)).then(() => true)");
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("nothing is wider than the window")
                .isLessThanOrEqualTo(width);
    }

    @AfterEach
    void there_was_no_error_in_the_console() {
        page.context().close();
        assertThat(errors).isEmpty();
    }

    /** Chromium reports every 4xx; to provoke some is what the tests are for. */
    private static boolean isRefusal(ConsoleMessage message) {
        return message.text().startsWith("Failed to load resource: the server responded with a status of 4")
                && message.location().contains("/v1/authentication/");
    }
}
