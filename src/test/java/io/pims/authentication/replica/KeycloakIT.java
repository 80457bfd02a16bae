package io.pims.authentication.replica;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.pims.authentication.sandbox.ReceivedMessage;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A real identity provider: {@code ./mvnw -Pkeycloak verify}. Each test leaves the replica with the keys that Keycloak
 * has then.
 */
@EnabledIfSystemProperty(named = "keycloak.home", matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = MINUTES)
class KeycloakIT {

    private static final String ACCOUNT = "/v1/authentication/account";
    private static final String PINCODE = "/v1/authentication/pincode";
    private static final String PIN = "839517";
    private static final Duration LONGEST_SEND = Duration.ofSeconds(60);

    /** Three times {@code quarkus.oidc.token.forced-jwk-refresh-interval}. */
    private static final Duration LONGEST_REFRESH = Duration.ofSeconds(30);

    private final Keycloak keycloak = new Keycloak(Path.of(System.getProperty("keycloak.home", "")));
    private Installation installation;
    private Replica replica;
    private Answer beforeKeycloak;
    private boolean readyBeforeKeycloak;

    @BeforeAll
    void start() throws SQLException {
        installation = new Installation(KeycloakIT.class);
        Map<String, String> settings = new HashMap<>(
                Map.of("pims.ratelimit.user-and-type", "", "pims.ratelimit.user", "", "pims.ratelimit.number", ""));
        settings.put("pims.token.issuer", keycloak.issuer());
        replica = installation.launch(settings).awaitReady();
        readyBeforeKeycloak = replica.isReady();
        beforeKeycloak = replica.ask(installation.issuer().token("somebody")).join();
        keycloak.start();
        takenAtLast(keycloak.driverToken("alice"));
        try (Connection connection = installation.connect()) {
            installation.certify(connection, List.of(driver("alice"), driver("bob")));
        }
    }

    @AfterAll
    void stop() {
        keycloak.close();
        installation.close();
    }

    /** One of the realm's, with a number. */
    private Driver driver(String name) {
        String token = keycloak.driverToken(name);
        return new Driver(
                claims(token).getString("sub"), installation.newDriver().number(), token);
    }

    @Test
    void until_keycloak_is_there_the_service_is_ready_and_refuses_with_2204() {
        assertThat(readyBeforeKeycloak).isTrue();
        assertThat(beforeKeycloak.status()).isEqualTo(503);
        assertThat(beforeKeycloak.code()).isEqualTo(2204);
        assertThat(beforeKeycloak.header("Retry-After")).matches("[1-9]\\d*");
    }

    @Test
    void the_brand_of_the_token_is_the_one_in_the_sms() {
        assertThat(sms(keycloak.driverToken("alice"), new JsonObject().put("type", "resetPIN"))
                        .text())
                .contains("DS Automobiles");
        assertThat(sms(keycloak.driverToken("bob"), new JsonObject().put("type", "resetPIN"))
                        .text())
                .contains("Opel");
    }

    @Test
    void a_number_without_country_is_read_as_of_the_region_of_the_token() {
        JsonObject typed =
                new JsonObject().put("type", "phoneNumberCertification").put("phoneNumber", "07400 123456");

        String alice = keycloak.driverToken("alice");

        assertThat(claims(alice).getJsonArray("region"))
                .as("as the mapper sends it")
                .hasSize(1);
        assertThat(sms(alice, typed).to()).isEqualTo("+447400123456");
    }

    /** With our audience in it, as a mapper that is set carelessly puts it there. */
    @Test
    void the_other_tokens_of_a_login_are_refused() {
        JsonObject tokens = keycloak.driverTokens("driver-app", "alice");
        String identity = tokens.getString("id_token");

        assertThat(claims(identity).getJsonArray("aud")).contains("pims-authentication");
        taken(tokens.getString("access_token"));
        refused(identity);
        refused(tokens.getString("refresh_token"));
    }

    @Test
    void a_backend_may_verify_the_pin_that_a_driver_has_set_and_a_driver_may_not() {
        String alice = keycloak.driverToken("alice");
        String text = sms(alice, new JsonObject().put("type", "resetPIN")).text();
        JsonObject reset = new JsonObject()
                .put("action", "reset")
                .put("smsCode", text.substring(text.lastIndexOf('#') + 1))
                .put("pinCode", PIN);
        JsonObject typed =
                new JsonObject().put("user", claims(alice).getString("sub")).put("pinCode", PIN);

        Answer done = replica.send("PUT", PINCODE, alice, reset).join();
        Answer toTheBackend = replica.send("POST", PINCODE + "/verification", keycloak.backendToken(), typed)
                .join();
        Answer toTheDriver =
                replica.send("POST", PINCODE + "/verification", alice, typed).join();

        assertThat(done.status()).as(done.toString()).isEqualTo(200);
        assertThat(toTheBackend.message().getJsonObject("result").getBoolean("isPinCodeValid"))
                .isTrue();
        forbidden(toTheDriver);
    }

    @Test
    void a_role_of_the_realm_with_the_name_of_one_of_ours_lets_nobody_in() {
        String bob = keycloak.driverToken("bob");

        assertThat(claims(bob).getJsonObject("realm_access").getJsonArray("roles"))
                .contains("auditor");
        forbidden(replica.get("/v1/authentication/events?user=anybody", bob).join());
    }

    @Test
    void a_token_for_another_application_of_the_same_driver_is_refused() {
        refused(keycloak.driverToken("other-app", "alice"));
    }

    @Test
    void a_new_key_is_taken_without_a_restart_whatever_a_stranger_sends_meanwhile() {
        String before = keycloak.driverToken("alice");

        keycloak.addKey();
        String after = keycloak.driverToken("alice");
        refused(installation.issuer().token("a key that Keycloak does not have"));

        assertThat(keyId(after)).isNotEqualTo(keyId(before));
        takenAtLast(after);
        taken(before);
    }

    @Test
    void a_key_that_was_taken_out_is_good_for_nothing_once_a_new_one_was_seen() {
        String before = keycloak.driverToken("alice");
        taken(before);

        keycloak.replaceKeys();
        takenAtLast(keycloak.driverToken("alice"));

        refused(before);
    }

    @Test
    void while_keycloak_is_away_its_tokens_go_on_to_be_taken_and_its_new_keys_when_it_is_back() {
        String alice = keycloak.driverToken("alice");
        taken(alice);

        keycloak.stop();
        taken(alice);
        refused(installation.issuer().token("a key that nobody can be asked for"));
        taken(alice);
        assertThat(replica.isReady()).isTrue();

        keycloak.start();
        takenAtLast(keycloak.driverToken("alice"));
        refused(alice);
    }

    /** Asks, and waits for the SMS of that transaction. */
    private ReceivedMessage sms(String token, JsonObject body) {
        Answer accepted = replica.send("POST", Replica.SMSCODE, token, body).join();
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        await().atMost(LONGEST_SEND).until(() -> installation.smsByTransaction().containsKey(accepted.id()));
        return installation.smsByTransaction().get(accepted.id()).get(0);
    }

    private void takenAtLast(String token) {
        await().atMost(LONGEST_REFRESH).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> taken(token));
    }

    private void taken(String token) {
        Answer answer = replica.get(ACCOUNT, token).join();

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private void refused(String token) {
        Answer answer = replica.get(ACCOUNT, token).join();

        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(2102);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    private static void forbidden(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo(2102);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"insufficient_scope\"");
    }

    private static String keyId(String token) {
        return part(token, 0).getString("kid");
    }

    private static JsonObject claims(String token) {
        return part(token, 1);
    }

    private static JsonObject part(String token, int index) {
        return new JsonObject(
                new String(Base64.getUrlDecoder().decode(token.split("\\.")[index]), StandardCharsets.UTF_8));
    }
}
