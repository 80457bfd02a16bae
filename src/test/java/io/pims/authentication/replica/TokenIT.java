package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.attack.ForgedTokens;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens held against what the issuer publishes at its discovery document. */
class TokenIT {

    private static Installation installation;
    private static Replica replica;

    @BeforeAll
    static void start() {
        installation = new Installation(TokenIT.class);
        replica = installation.start();
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void a_token_of_the_issuer_is_taken() {
        assertThat(replica.ask(installation.driver().token()).join().status()).isEqualTo(202);
    }

    @Test
    void an_audience_among_others_will_do() {
        String user = installation.driver().user();
        JsonObject claims = claims(user)
                .put(
                        "aud",
                        new io.vertx.core.json.JsonArray()
                                .add("another-service")
                                .add(OpenIdIssuer.AUDIENCE));

        assertThat(replica.ask(installation.issuer().token(claims)).join().status())
                .isEqualTo(202);
    }

    @Test
    void an_expired_token_is_refused() {
        long longAgo = Instant.now().minus(Duration.ofHours(1)).getEpochSecond();

        refused(claims("driver").put("exp", longAgo));
    }

    @Test
    void a_token_without_an_end_is_refused() {
        JsonObject claims = claims("driver");
        claims.remove("exp");

        refused(claims);
    }

    @Test
    void a_token_of_another_issuer_is_refused() {
        refused(claims("driver").put("iss", "https://issuer.example"));
    }

    @Test
    void a_token_for_another_audience_is_refused() {
        refused(claims("driver").put("aud", "another-service"));
    }

    @Test
    void a_token_for_no_audience_is_refused() {
        JsonObject claims = claims("driver");
        claims.remove("aud");

        refused(claims);
    }

    @Test
    void a_token_signed_by_another_key_is_refused() {
        refused(OpenIdIssuer.token(claims("driver"), OpenIdIssuer.newKeys()));
    }

    @Test
    void a_token_without_a_signature_is_refused() {
        refused(OpenIdIssuer.unsecured(claims("driver")));
    }

    @Test
    void a_token_whose_claims_were_changed_is_refused() {
        String[] parts = installation.issuer().token(claims("driver")).split("\\.");
        String[] others = installation.issuer().token(claims("other")).split("\\.");

        refused(parts[0] + "." + others[1] + "." + parts[2]);
    }

    @Test
    void a_token_of_nobody_is_refused() {
        JsonObject claims = claims("driver");
        claims.remove("sub");

        refused(claims);
    }

    @Test
    void a_token_that_is_not_yet_valid_is_refused() {
        refused(claims("driver")
                .put("nbf", Instant.now().plus(Duration.ofHours(1)).getEpochSecond()));
    }

    @Test
    void a_token_under_a_key_that_the_issuer_does_not_publish_is_refused() {
        JsonObject header = ForgedTokens.header("RS256");
        KeyPair own = OpenIdIssuer.newKeys();

        refused(ForgedTokens.byRsa(header, claims("driver"), own));
        refused(ForgedTokens.byRsa(header.copy().put("kid", "unknown"), claims("driver"), own));
        refused(ForgedTokens.byRsa(
                header.copy().put("jku", installation.issuer().issuer() + "/others"), claims("driver"), own));
    }

    @Test
    void clocks_may_differ_by_some_seconds() {
        long now = Instant.now().getEpochSecond();

        assertThat(status(claims("early").put("nbf", now + 20))).isEqualTo(200);
        assertThat(status(claims("late").put("iat", now - 3_600).put("exp", now - 5)))
                .isEqualTo(200);
    }

    @Test
    void what_a_token_says_to_others_may_be_of_any_size() {
        JsonObject claims = claims("driver")
                .put("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier", "driver")
                .put("entitlements", "e".repeat(5_000));

        assertThat(status(claims)).isEqualTo(200);
    }

    @Test
    void a_token_that_is_not_for_access_or_that_is_bound_to_a_key_is_refused() {
        refused(claims("driver").put("typ", "ID"));
        refused(claims("driver").put("typ", "Refresh"));
        refused(claims("driver").put("typ", "Offline"));
        refused(claims("driver").put("typ", "Logout"));
        refused(claims("driver").put("nonce", "n").put("at_hash", "h"));
        refused(claims("driver").put("cnf", new JsonObject().put("jkt", "k")));
        refused(claims("driver").put("cnf", new JsonObject().put("x5t#S256", "t")));
    }

    @Test
    void why_a_token_is_refused_is_in_the_log_under_the_id_that_was_answered() {
        JsonObject header = ForgedTokens.header("RS256").put("kid", "unknown");

        logged(ForgedTokens.byRsa(header, claims("driver"), OpenIdIssuer.newKeys()), "signed by an unknown key");
        logged(OpenIdIssuer.token(claims("driver"), OpenIdIssuer.newKeys()), "bad signature");
        logged(installation.issuer().token(claims("driver").put("aud", "another-service")), "another audience");
        logged(installation.issuer().token(claims("driver").put("typ", "Refresh")), "no access token");
        logged("opaque", "no JWT");
    }

    private static void logged(String token, String reason) {
        String id = refused(token).id().toString();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(replica.output().lines())
                        .filteredOn(line -> line.contains(id))
                        .singleElement(InstanceOfAssertFactories.STRING)
                        .contains("Refused with 2102: Invalid Authorization parameter (" + reason + ")")
                        .contains("INFO")
                        .doesNotContain(token));
    }

    private static int status(JsonObject claims) {
        return replica.get("/v1/authentication/account", installation.issuer().token(claims))
                .join()
                .status();
    }

    /** With a client id, without which the library could not ask about a token even if it wanted to. */
    @Test
    void tokens_that_can_not_be_verified_make_it_fetch_the_keys_once_in_the_interval_and_ask_nothing_else() {
        try (OpenIdIssuer issuer = new OpenIdIssuer().open()) {
            Replica replica = installation.launch(Map.of(
                    "pims.token.issuer", issuer.issuer(),
                    "quarkus.oidc.client-id", "pims-authentication",
                    "quarkus.oidc.token.forced-jwk-refresh-interval", "1h"));
            replica.awaitReady();
            long before = issuer.requests("/keys");
            JsonObject header = ForgedTokens.header("RS256").put("kid", "unknown");
            String unknown = ForgedTokens.byRsa(header, issuer.claims("driver"), OpenIdIssuer.newKeys());

            for (int each = 0; each < 20; each++) {
                assertThat(replica.ask(unknown).join().status()).isEqualTo(401);
                assertThat(replica.ask("opaque").join().status()).isEqualTo(401);
            }

            assertThat(issuer.requests("/keys")).isEqualTo(before + 1);
            assertThat(issuer.requests("/introspect")).isZero();
            replica.close();
        }
    }

    @Test
    void the_key_that_the_issuer_publishes_is_no_secret_to_sign_with() {
        byte[] published = installation.issuer().key().getEncoded();
        JsonObject header = ForgedTokens.header("HS256").put("kid", OpenIdIssuer.KEY_ID);

        refused(ForgedTokens.byHmac(header, claims("driver"), published));
        refused(ForgedTokens.byHmac(header.copy().put("alg", "RS256"), claims("driver"), published));
    }

    @Test
    void what_is_no_token_is_refused() {
        refused("not-a-token");
    }

    @Test
    void an_issuer_that_comes_up_after_the_service_is_waited_for() {
        OpenIdIssuer late = new OpenIdIssuer();
        try (late) {
            Replica early = installation.launch(Map.of("pims.token.issuer", late.issuer()));
            early.awaitReady();
            Installation.Driver driver = installation.driver();

            Answer meanwhile = early.ask(late.token(driver.user())).join();
            assertThat(meanwhile.status()).isEqualTo(503);
            assertThat(meanwhile.code()).isEqualTo(2204);
            assertThat(meanwhile.header("Retry-After")).matches("[1-9]\\d*");

            late.open();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    early.ask(late.token(driver.user())).join().status())
                            .isEqualTo(202));
            early.close();
        }
    }

    private static JsonObject claims(String user) {
        return installation.issuer().claims(user);
    }

    private static void refused(JsonObject claims) {
        refused(installation.issuer().token(claims));
    }

    private static Answer refused(String token) {
        Answer answer = replica.ask(token).join();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(2102);
        assertThat(answer.message().getJsonObject("error").getString("label"))
                .isEqualTo("Invalid Authorization parameter");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        return answer;
    }
}
