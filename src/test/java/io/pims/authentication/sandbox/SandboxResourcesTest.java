package io.pims.authentication.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SandboxResourcesTest {

    @Inject
    FakeVonage vonage;

    @ConfigProperty(name = "pims.sms.vonage.base-uri")
    URI configured;

    @BeforeEach
    void reset() {
        vonage.reset();
    }

    @Test
    void the_service_is_pointed_at_the_provider_that_tests_are_given() {
        assertThat(configured).isEqualTo(vonage.baseUri());
    }

    @Test
    void a_token_names_the_user_the_role_and_the_brand() {
        String token = given().queryParam("user", "demo")
                .queryParam("role", "support")
                .queryParam("brand", "peugeot")
                .get("/sandbox/token")
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .extract()
                .asString();

        JsonObject claims = new JsonObject(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1])));
        assertThat(claims.getString("sub")).isEqualTo("demo");
        assertThat(claims.getString("iss")).isEqualTo(ThrowawayIssuer.ISSUER);
        assertThat(claims.getString("brand")).isEqualTo("peugeot");
        assertThat(claims.getJsonArray("groups")).containsExactly("support");
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(8 * 60 * 60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?user=", "?user=a%20b", "?user=a%00b", "?user=a%0Ab", "?user=demo&brand=%E2%80%AE"})
    void a_token_for_nobody_is_refused_in_one_line(String query) {
        String reason = given().urlEncodingEnabled(false)
                .get("/sandbox/token" + query)
                .then()
                .statusCode(400)
                .contentType("text/plain")
                .extract()
                .asString();

        assertThat(reason).hasLineCount(1);
    }

    @Test
    void a_user_of_256_characters_is_refused() {
        given().queryParam("user", "u".repeat(255)).get("/sandbox/token").then().statusCode(200);
        given().queryParam("user", "u".repeat(256)).get("/sandbox/token").then().statusCode(400);
    }

    @Test
    void the_token_endpoint_of_OAuth_gives_a_token_with_the_scopes_as_roles() {
        String token = given().formParam("grant_type", "password")
                .formParam("username", "demo")
                .formParam("password", "any")
                .formParam("scope", "auditor pin-verifier")
                .post("/sandbox/oauth/token")
                .then()
                .statusCode(200)
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(8 * 60 * 60))
                .extract()
                .path("access_token");

        JsonObject claims = new JsonObject(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1])));
        assertThat(claims.getString("sub")).isEqualTo("demo");
        assertThat(claims.getJsonArray("groups")).containsExactlyInAnyOrder("auditor", "pin-verifier");
    }

    @ParameterizedTest
    @CsvSource({
        "client_credentials, demo, auditor, unsupported_grant_type",
        "password, '', auditor, invalid_request",
        "password, a b, auditor, invalid_request",
        "password, demo, a b c d e f g h i, invalid_scope"
    })
    void the_token_endpoint_of_OAuth_refuses_by_the_book(String grant, String user, String scope, String error) {
        given().formParam("grant_type", grant)
                .formParam("username", user)
                .formParam("scope", scope)
                .post("/sandbox/oauth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo(error));
    }

    @Test
    void the_page_is_served_at_the_root() {
        given().get("/").then().statusCode(200).contentType("text/html");
        given().get("/phone/main.js").then().statusCode(200).contentType("text/javascript");
    }

    @Test
    void received_messages_are_listed_filtered_and_emptied() throws Exception {
        sendSms("33612345678");
        sendSms("33612345679");

        given().get("/sandbox/messages")
                .then()
                .statusCode(200)
                .body("to", equalTo(List.of("+33612345678", "+33612345679")));
        given().urlEncodingEnabled(false)
                .get("/sandbox/messages?to=+33612345679")
                .then()
                .body("$", hasSize(1))
                .body("[0].text", equalTo("Hello"))
                .body("[0].from", equalTo("Pims"))
                .body("[0].api", equalTo("sms"))
                .body("[0].receivedAt", startsWith("20"));

        given().delete("/sandbox/messages").then().statusCode(204);
        given().get("/sandbox/messages").then().body("$", hasSize(0));
    }

    @Test
    void the_provider_is_told_how_to_behave() {
        given().body("{\"behaviour\":\"bad-credentials\",\"latencyMs\":5,\"receipts\":false}")
                .put("/sandbox/provider")
                .then()
                .statusCode(200)
                .body("behaviour", equalTo("bad-credentials"));

        assertThat(vonage.settings()).isEqualTo(new ProviderSettings(Behaviour.BAD_CREDENTIALS, 5, false));

        given().body("{}").put("/sandbox/provider").then().statusCode(200);

        assertThat(vonage.settings()).isEqualTo(ProviderSettings.NORMAL);
    }

    @Test
    void one_api_is_told_by_itself() {
        given().body("{\"api\":\"messages\",\"behaviour\":\"unreachable\"}")
                .put("/sandbox/provider")
                .then()
                .statusCode(200)
                .body("behaviour", equalTo("unreachable"));

        assertThat(vonage.settings(ProviderApi.MESSAGES).behaviour()).isEqualTo(Behaviour.UNREACHABLE);
        assertThat(vonage.settings(ProviderApi.WEBHOOK)).isEqualTo(ProviderSettings.NORMAL);
        assertThat(vonage.settings()).isEqualTo(ProviderSettings.NORMAL);

        given().body("{}").put("/sandbox/provider").then().statusCode(200);

        assertThat(vonage.settings(ProviderApi.MESSAGES)).isEqualTo(ProviderSettings.NORMAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[|JSON",
                "{\"api\":\"smoke\"}|api",
                "{\"api\":null}|api",
                "{\"api\":[\"sms\"]}|api",
                "[]|object",
                "{\"mood\":1}|field",
                "{\"behaviour\":\"odd\"}|bad-credentials",
                "{\"behaviour\":null}|bad-credentials",
                "{\"latencyMs\":-1}|latencyMs",
                "{\"latencyMs\":1.5}|latencyMs",
                "{\"latencyMs\":\"5\"}|latencyMs",
                "{\"latencyMs\":99999999999}|latencyMs",
                "{\"receipts\":\"yes\"}|receipts"
            })
    void nonsense_is_refused_with_what_is_wrong(String body, String hint) {
        String reason = given().body(body)
                .put("/sandbox/provider")
                .then()
                .statusCode(400)
                .extract()
                .asString();

        assertThat(reason).contains(hint).hasLineCount(1);
        assertThat(vonage.settings()).isEqualTo(ProviderSettings.NORMAL);
    }

    private static ValidatableResponse postsEvent(String id, String body) {
        return given().header("webhook-id", id)
                .header("webhook-timestamp", "1795920000")
                .header("webhook-signature", "v1,c2lnbmVk")
                .contentType(ContentType.JSON)
                .body(body)
                .post("/sandbox/backend")
                .then();
    }

    @Test
    void an_event_that_is_posted_is_shown_once_and_the_last_hundred_are_kept() {
        for (int event = 0; event <= BackendResource.CAPACITY; event++) {
            postsEvent("event-" + event, "{\"type\":\"pincode.reset\"}").statusCode(204);
        }
        postsEvent("event-100", "{}").statusCode(204);

        given().get("/sandbox/backend")
                .then()
                .statusCode(200)
                .body("$", hasSize(BackendResource.CAPACITY))
                .body("[0].id", equalTo("event-1"))
                .body("[99].id", equalTo("event-100"))
                .body("[99].timestamp", equalTo("1795920000"))
                .body("[99].signature", equalTo("v1,c2lnbmVk"))
                .body("[99].body.type", equalTo("pincode.reset"));
    }

    @Test
    void what_is_no_event_is_refused() {
        postsEvent("event", "[").statusCode(400);
        given().body("{}").post("/sandbox/backend").then().statusCode(400);
    }

    private void sendSms(String to) throws Exception {
        String form = "api_key=%s&api_secret=%s&from=Pims&to=%s&text=Hello"
                .formatted(FakeVonage.API_KEY, FakeVonage.API_SECRET, to);
        HttpRequest request = HttpRequest.newBuilder(configured.resolve("/sms/json"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }
}
