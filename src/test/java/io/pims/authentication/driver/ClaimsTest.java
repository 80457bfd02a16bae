package io.pims.authentication.driver;

import static io.pims.authentication.TestDriver.SMSCODE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.attack.ForgedTokens;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Claims of any shape and size, in tokens whose signature is good. */
@QuarkusTest
class ClaimsTest {

    private static final String NUL = "\0";
    private static final String LONG = "x".repeat(3_000);

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    FakeVonage vonage;

    @Inject
    Database database;

    @BeforeEach
    void provider_is_as_it_should_be() {
        vonage.reset();
    }

    /** Nine digits that are a mobile number in Spain and, with the zero that the French leave out abroad, in France. */
    private static String ambiguous() {
        return "612" + (100_000 + ThreadLocalRandom.current().nextInt(900_000));
    }

    static List<Object> spanish() {
        return List.of("ES", "es", " ES ", new JsonArray().add("ES"), new JsonArray().add("es"));
    }

    @ParameterizedTest
    @MethodSource("spanish")
    void a_region_as_text_or_in_a_list_of_one_is_where_a_number_is_read(Object region) {
        String number = ambiguous();

        certify(TestDriver.someone(issuer), region, number).then().statusCode(200);

        assertThat(vonage.messagesTo("+34" + number)).hasSize(1);
        assertThat(vonage.messagesTo("+33" + number)).isEmpty();
    }

    static List<Object> notARegion() {
        return List.of(
                34,
                34.5,
                true,
                new JsonObject().put("code", "ES"),
                new JsonArray(),
                new JsonArray().add("ES").add("FR"),
                new JsonArray().add("ES").add("ES"),
                new JsonArray().add(34),
                new JsonArray().addNull(),
                new JsonArray().add(new JsonArray().add("ES")),
                new JsonArray().add(new JsonObject().put("code", "ES")),
                "",
                " ",
                NUL,
                "ES" + NUL,
                "E\nS",
                LONG,
                "ESP",
                "724",
                "Spain",
                "es-ES",
                "XX",
                "ZZ",
                "001",
                "ＥＳ");
    }

    @ParameterizedTest
    @MethodSource("notARegion")
    void a_region_that_can_not_be_read_is_not_the_default_one(Object region) {
        TestDriver driver = TestDriver.someone(issuer);
        String number = ambiguous();

        Response refused = certify(driver, region, number);
        Response withItsCountry = certify(driver, region, "+34" + number);

        assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(400);
        assertThat(refused.<Integer>path("error.code")).isEqualTo(2102);
        assertThat(refused.<String>path("error.label")).isEqualTo("Invalid phoneNumber parameter");
        assertThat(vonage.messagesTo("+33" + number)).isEmpty();
        assertThat(withItsCountry.statusCode()).as(withItsCountry.asString()).isEqualTo(200);
        assertThat(vonage.messagesTo("+34" + number)).hasSize(1);
    }

    @Test
    void without_a_region_the_default_one_counts() {
        String number = ambiguous();
        JsonObject claims = claims(TestDriver.someone(issuer)).putNull("region");

        certify(claims, number).then().statusCode(200);

        assertThat(vonage.messagesTo("+33" + number)).hasSize(1);
    }

    static Stream<Arguments> brands() {
        return Stream.of(
                Arguments.of("citroen", "citroen", "Citroen"),
                Arguments.of("Citroën", "citroen", "Citroen"),
                Arguments.of("CITROE\u0308N", "citroen", "Citroen"),
                Arguments.of(new JsonArray().add("Citroën"), "citroen", "Citroen"),
                Arguments.of("AC", "citroen", "Citroen"),
                Arguments.of("ap", "peugeot", "Peugeot"),
                Arguments.of(" DS ", "ds", "DS Automobiles"),
                Arguments.of("DS Automobiles", "ds", "DS Automobiles"),
                Arguments.of("ds\u00a0automobiles", "ds", "DS Automobiles"),
                Arguments.of("OP", "opel", "Opel"),
                Arguments.of("VX", "vauxhall", "Vauxhall"),
                Arguments.of("VAUXHALL", "vauxhall", "Vauxhall"),
                Arguments.of("lada", "", "Peugeot"),
                Arguments.of("", "", "Peugeot"),
                Arguments.of(NUL, "", "Peugeot"),
                Arguments.of("opel" + NUL, "", "Peugeot"),
                Arguments.of(LONG, "", "Peugeot"),
                Arguments.of("opel" + " ".repeat(3_000), "", "Peugeot"),
                Arguments.of(4711, "", "Peugeot"),
                Arguments.of(true, "", "Peugeot"),
                Arguments.of(new JsonArray(), "", "Peugeot"),
                Arguments.of(new JsonArray().add("opel").add("ds"), "", "Peugeot"),
                Arguments.of(new JsonArray().add(new JsonArray().add("opel")), "", "Peugeot"),
                Arguments.of(new JsonObject().put("opel", "opel"), "", "Peugeot"));
    }

    @ParameterizedTest
    @MethodSource("brands")
    void a_brand_is_one_of_those_configured_or_none_and_the_sms_comes_in_any_case(
            Object brand, String recorded, String name) {
        TestDriver driver = TestDriver.withNumber(issuer);

        Response answer = given().auth()
                .oauth2(token(claims(driver).put("brand", brand)))
                .contentType("application/json")
                .header("Prefer", "wait=15")
                .body("{\"type\":\"resetPIN\"}")
                .post(SMSCODE);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(vonage.messagesTo(driver.number()).get(0).text()).startsWith(name + ":");
        assertThat(database.execute("SELECT brand FROM sms_transaction WHERE user_id = $1", driver.name())
                        .iterator()
                        .next()
                        .getString(0))
                .isEqualTo(recorded);
    }

    /** As issuers send them for their other applications: long names and texts, and objects within objects. */
    @Test
    void claims_that_nobody_reads_may_be_of_any_size() {
        TestDriver driver = TestDriver.someone(issuer);
        JsonObject deep = new JsonObject();
        for (int level = 0; level < 40; level++) {
            deep = new JsonObject().put("level", deep);
        }
        Map<String, Object> others = new LinkedHashMap<>();
        others.put("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier", driver.name());
        others.put("https://" + "long".repeat(100) + ".example", true);
        others.put("entitlements", "e".repeat(6_000));
        others.put("resource_access", deep);
        others.put("number", new BigInteger("9".repeat(300)));

        others.forEach((name, value) ->
                assertThat(account(claims(driver).put(name, value))).as(name).isEqualTo(200));
        JsonObject longHeader = ForgedTokens.header("RS256").put("x".repeat(200), "y".repeat(4_200));
        assertThat(account(ForgedTokens.byRsa(longHeader, claims(driver), issuer.keys())))
                .isEqualTo(200);
    }

    /** The bounds of the JSON library itself are beyond what fits into a header, but for the depth. */
    @Test
    void claims_that_can_not_be_read_at_all_are_401() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);

        assertThat(account(ForgedTokens.byRsa(
                        ForgedTokens.header("RS256"), "{\"sub\":\"x\",\"deep\":" + deep + "}", issuer.keys())))
                .isEqualTo(401);
    }

    /** Which of the two counts would depend on who reads it. */
    @Test
    void a_claim_that_is_there_twice_is_401() {
        TestDriver driver = TestDriver.someone(issuer);
        String claims = claims(driver).encode();
        String twice = "{\"sub\":\"another\"," + claims.substring(1);

        assertThat(account(ForgedTokens.byRsa(ForgedTokens.header("RS256"), twice, issuer.keys())))
                .isEqualTo(401);
    }

    @Test
    void claims_of_another_type_than_their_own_are_no_failure_of_the_service() {
        TestDriver driver = TestDriver.someone(issuer);
        List<Object> shapes = List.of(
                4711,
                -1,
                1e300,
                true,
                "",
                "text",
                NUL,
                new JsonArray(),
                new JsonArray().add("x"),
                new JsonArray().add(1).addNull(),
                new JsonObject(),
                new JsonObject().put("x", new JsonObject()));
        for (String claim : List.of(
                "iss",
                "aud",
                "exp",
                "nbf",
                "iat",
                "sub",
                "jti",
                "groups",
                "scope",
                "typ",
                "cnf",
                "azp",
                "acr",
                "upn",
                "preferred_username",
                "realm_access",
                "locale",
                "events",
                "nonce",
                "raw_token")) {
            for (Object shape : shapes) {
                int status = account(claims(driver).put(claim, shape));

                assertThat(status).as("%s: %s", claim, shape).isIn(200, 401);
            }
            assertThat(account(claims(driver).putNull(claim)))
                    .as("%s: null", claim)
                    .isIn(200, 401);
        }
    }

    private Response certify(TestDriver driver, Object region, String number) {
        return certify(claims(driver).put("region", region), number);
    }

    private Response certify(JsonObject claims, String number) {
        return given().auth()
                .oauth2(token(claims))
                .contentType("application/json")
                .header("Prefer", "wait=15")
                .body(Map.of("type", "phoneNumberCertification", "phoneNumber", number))
                .post(SMSCODE);
    }

    private int account(JsonObject claims) {
        return account(token(claims));
    }

    private int account(String token) {
        return given().auth().oauth2(token).get(Conversation.ACCOUNT).statusCode();
    }

    private String token(JsonObject claims) {
        return ForgedTokens.byRsa(ForgedTokens.header("RS256"), claims, issuer.keys());
    }

    private static JsonObject claims(TestDriver driver) {
        long now = Instant.now().getEpochSecond();
        return new JsonObject()
                .put("iss", ThrowawayIssuer.ISSUER)
                .put("aud", ThrowawayIssuer.AUDIENCE)
                .put("sub", driver.name())
                .put("iat", now)
                .put("exp", now + 600);
    }
}
