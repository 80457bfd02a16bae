package io.pims.authentication.overview;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URL;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OverviewRouteTest {

    @Inject
    ThrowawayIssuer issuer;

    @TestHTTPResource(value = "/overview", management = true)
    URL overview;

    @Test
    void queue_places_breaker_budgets_and_limits_are_there_at_a_glance() {
        TestDriver driver = TestDriver.withNumber(issuer);
        driver.asksForCodeAndWaits(15);
        driver.asksForCode();

        String answer = given().get(overview).then().statusCode(200).extract().asString();
        JsonObject json = new JsonObject(answer);

        assertThat(json.getJsonObject("queue").fieldNames()).containsExactly("waiting", "leased", "oldestSeconds");
        assertThat(json.getJsonObject("places").getLong("places")).isPositive();
        assertThat(json.getJsonObject("places").getLong("callsLimit")).isPositive();
        assertThat(json.getString("breaker")).isIn("closed", "halfOpen", "open");
        JsonObject road = json.getJsonObject("roads").getJsonObject("vonage");
        assertThat(road.getString("breaker")).isIn("closed", "open");
        assertThat(road.getLong("callsLimit")).isPositive();
        assertThat(road.getJsonObject("callsByOutcome").getLong("accepted")).isPositive();
        assertThat(road.getJsonObject("deliveriesByStatus").fieldNames()).contains("delivered", "failed");
        assertThat(json.getJsonObject("budgetLeft").fieldNames()).containsExactlyInAnyOrder("hour", "day");
        assertThat(json.getJsonObject("limits").getString("user")).isEqualTo("5/3600s, 10/86400s");
        assertThat(json.getJsonObject("sinceStart")
                        .getJsonObject("refusalsByLimit")
                        .getLong("user-type-30s-resetPIN"))
                .isPositive();
        assertThat(answer).doesNotContain(driver.name(), driver.number().substring(3));
    }

    @Test
    void a_browser_gets_lines_of_text() {
        String text = given().accept("text/html,application/xhtml+xml,*/*;q=0.8")
                .get(overview)
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(text.lines())
                .anyMatch(line -> line.matches("queue\\.waiting +\\d+"))
                .anyMatch(line -> line.matches("breaker +\\w+"));
    }
}
