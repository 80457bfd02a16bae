package io.pims.authentication.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** The API can be tried out by clicks, with a token that Swagger UI fetches itself. */
@QuarkusTest
@TestProfile(QuickProvider.class)
class SwaggerUiInBrowser extends BrowserTest {

    @Test
    void somebody_authorizes_and_executes_a_call() {
        page.navigate(service.resolve("/q/swagger-ui/").toString());
        page.locator("button.authorize").first().click();
        Locator sandbox = page.locator(".auth-container").filter(new Locator.FilterOptions().setHasText("OAuth2"));
        sandbox.locator("#oauth_username").fill("swagger");
        sandbox.locator("#oauth_password").fill("any");
        sandbox.locator("button.authorize").click();
        assertThat(sandbox).containsText("Logout");
        sandbox.locator("button.btn-done").click();

        Locator account = page.locator(".opblock-get").filter(new Locator.FilterOptions().setHasText("/account"));
        account.locator(".opblock-summary-control").click();
        account.locator(".try-out__btn").click();
        account.locator("button.execute").click();

        assertThat(account.locator(".live-responses-table .response-col_status").last())
                .containsText("200");
        assertThat(account.locator(".live-responses-table")).containsText("isAccountBlocked");
    }
}
