package io.pims.authentication.attack;

import static io.pims.authentication.Conversation.ACCOUNT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.TestDriver;
import io.pims.authentication.attack.Wire.Reply;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.replica.OpenIdIssuer;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.algorithm.KeyEncryptionAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever has no token of the issuer gets 401 and the envelope, whatever is brought instead; and no line of it is logged. */
@QuarkusTest
class ForgedTokenTest {

    private static final KeyPair OWN = OpenIdIssuer.newKeys();

    @TestHTTPResource
    URI service;

    @Inject
    ThrowawayIssuer issuer;

    @ConfigProperty(name = "quarkus.oidc.public-key")
    String publicKey;

    private TestDriver victim;

    @BeforeEach
    void there_is_a_victim() {
        victim = TestDriver.someone(issuer);
    }

    @Test
    void a_token_of_the_issuer_is_taken() {
        assertThat(account("Authorization: Bearer " + victim.token()).statuses())
                .containsExactly(200);
        assertThat(account("Authorization: bearer " + victim.token()).statuses())
                .containsExactly(200);
    }

    /** Nor does one help that is remembered as good. */
    @Test
    void a_token_that_differs_from_a_good_one_in_one_character_is_401() {
        String good = victim.token();
        assertThat(account("Authorization: Bearer " + good).statuses()).containsExactly(200);

        int claims = good.indexOf('.') + 1;
        for (int changed : new int[] {3, claims + 3, good.lastIndexOf('.') + 3}) {
            char other = good.charAt(changed) == 'A' ? 'B' : 'A';
            refused(
                    "at " + changed,
                    account("Authorization: Bearer " + good.substring(0, changed) + other
                            + good.substring(changed + 1)));
        }
        assertThat(account("Authorization: Bearer " + good).statuses()).containsExactly(200);
    }

    @Test
    void what_is_no_token_of_the_issuer_is_401_and_not_logged() throws Exception {
        Map<String, String> forged = forgeries();

        try (LogCapture log = new LogCapture()) {
            forged.forEach((how, token) -> refused(how, account("Authorization: Bearer " + token)));

            assertThat(log.messages()).hasSizeGreaterThanOrEqualTo(forged.size());
            forged.forEach((how, token) -> assertThat(log.messages())
                    .as(how)
                    .noneMatch(line -> line.contains(token.isBlank() ? victim.name() : token))
                    .noneMatch(line -> token.length() > 80 && line.contains(token.substring(token.length() - 40))));
            assertThat(log.messages()).noneMatch(line -> line.contains(victim.name()));
            assertThat(log.messages()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    @Test
    void why_a_token_is_refused_is_logged_in_words_that_are_fixed_with_the_id_that_was_answered() {
        Map<String, String> reasons = reasons();

        reasons.forEach((authorization, reason) -> {
            try (LogCapture log = new LogCapture()) {
                Reply reply = account("Authorization: " + authorization);
                refused(reason, reply);

                String id = new JsonObject(reply.body()).getString("transactionId");
                assertThat(log.messages())
                        .as(reason)
                        .filteredOn(line -> line.contains("Refused with") && line.contains(id))
                        .singleElement(InstanceOfAssertFactories.STRING)
                        .startsWith("INFO")
                        .contains("Refused with 2102: Invalid Authorization parameter (" + reason + ")");
            }
        });
    }

    /** By the header that is refused. */
    private Map<String, String> reasons() {
        JsonObject rs256 = ForgedTokens.header("RS256");
        long now = Instant.now().getEpochSecond();
        JsonObject noEnd = claims();
        noEnd.remove("exp");
        JsonObject nobody = claims();
        nobody.remove("sub");
        return Map.ofEntries(
                entry(good(rs256, claims().put("exp", now - 3_600).put("iat", now - 7_200)), "expired"),
                entry(good(rs256, noEnd), "without exp"),
                entry(good(rs256, claims().put("nbf", now + 1_800)), "not yet valid"),
                entry(good(rs256, claims().put("iss", "https://elsewhere.example")), "another issuer"),
                entry(good(rs256, claims().put("aud", "another-service")), "another audience"),
                entry(
                        good(rs256, claims().put("aud", "x").put("iss", "y").put("cnf", new JsonObject())),
                        "another issuer, another audience, bound to a key"),
                entry(good(rs256, claims().put("exp", "soon")), "malformed claim"),
                entry(good(rs256, nobody), "no usable sub"),
                entry(good(rs256, claims().put("sub", "jané")), "no usable sub"),
                entry(good(rs256, claims().put("typ", "ID")), "no access token"),
                entry(good(rs256.copy().put("typ", "logout+jwt"), claims()), "no access token"),
                entry(good(rs256, claims().put("cnf", new JsonObject().put("jkt", "x"))), "bound to a key"),
                entry("Bearer " + ForgedTokens.byRsa(rs256, claims(), OWN), "bad signature"),
                entry("Bearer " + ForgedTokens.unsecured("none", claims()), "algorithm not allowed"),
                entry(
                        "Bearer " + ForgedTokens.byHmac(ForgedTokens.header("HS256"), claims(), new byte[32]),
                        "algorithm not allowed"),
                entry("Bearer opaque", "no JWT"),
                entry("Bearer a.b.c", "no JWT"),
                entry("Bearer .", "no JWT"),
                entry(good(rs256, claims().put("deep", "x")) + ".x", "no JWT"),
                entry("Basic " + victim.token(), "no bearer token"),
                entry("Bearer", "no bearer token"));
    }

    private String good(JsonObject header, JsonObject claims) {
        return "Bearer " + ForgedTokens.byRsa(header, claims, issuer.keys());
    }

    private Map<String, String> forgeries() throws Exception {
        PublicKey key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        String[] parts = victim.token().split("\\.");
        JsonObject claims = claims();
        JsonObject rs256 = ForgedTokens.header("RS256");
        JsonObject hs256 = ForgedTokens.header("HS256");
        JsonArray crit = new JsonArray();
        for (int i = 0; i < 500; i++) {
            crit.add("c" + i);
        }
        Instant now = Instant.now();
        return new TreeMap<>(Map.ofEntries(
                entry("alg none", ForgedTokens.unsecured("none", claims)),
                entry("alg None", ForgedTokens.unsecured("None", claims)),
                entry("alg NONE, with a signature", ForgedTokens.unsecured("NONE", claims) + parts[2]),
                entry("no alg", ForgedTokens.byRsa(new JsonObject().put("typ", "JWT"), claims, OWN)),
                entry("no signature", parts[0] + "." + parts[1] + "."),
                entry("two parts", parts[0] + "." + parts[1]),
                entry(
                        "another's signature",
                        parts[0] + "." + parts[1] + "."
                                + TestDriver.someone(issuer).token().split("\\.")[2]),
                entry(
                        "a changed claim",
                        parts[0] + "." + ForgedTokens.base64Url(claims.encode().getBytes(US_ASCII)) + "." + parts[2]),
                entry("another key", ForgedTokens.byRsa(rs256, claims, OWN)),
                entry("another key, inside", ForgedTokens.byRsa(rs256.copy().put("jwk", jwk()), claims, OWN)),
                entry(
                        "another key, elsewhere",
                        ForgedTokens.byRsa(rs256.copy().put("jku", "http://127.0.0.1:1/keys"), claims, OWN)),
                entry("an unknown kid", ForgedTokens.byRsa(rs256.copy().put("kid", "../../dev/null"), claims, OWN)),
                entry(
                        "the public key as a secret, base64",
                        ForgedTokens.byHmac(hs256, claims, publicKey.getBytes(US_ASCII))),
                entry("the public key as a secret, DER", ForgedTokens.byHmac(hs256, claims, key.getEncoded())),
                entry("the public key as a secret, PEM", ForgedTokens.byHmac(hs256, claims, pem.getBytes(US_ASCII))),
                entry("an empty secret", ForgedTokens.byHmac(hs256, claims, new byte[1])),
                entry(
                        "the public key as a secret, said to be RS256",
                        ForgedTokens.byHmac(rs256, claims, key.getEncoded())),
                entry("crit without end", ForgedTokens.byRsa(rs256.copy().put("crit", crit), claims, OWN)),
                entry(
                        "another audience",
                        issuer.sign(issuer.claims(victim.name()).audience("another-service"))),
                entry("another issuer", issuer.sign(issuer.claims(victim.name()).issuer("https://elsewhere.example"))),
                entry(
                        "expired",
                        issuer.sign(issuer.claims(victim.name())
                                .issuedAt(now.minus(Duration.ofHours(2)).getEpochSecond())
                                .expiresAt(now.minus(Duration.ofHours(1)).getEpochSecond()))),
                entry(
                        "not yet valid",
                        issuer.sign(issuer.claims(victim.name())
                                .claim("nbf", now.plus(Duration.ofHours(1)).getEpochSecond()))),
                entry("encrypted for us", encrypted(key)),
                entry(
                        "signed inside, encrypted for us",
                        Jwt.claims(claims.getMap()).jws().sign(OWN.getPrivate()).concat(".x.y")),
                entry("nothing", ""),
                entry("dots", ".."),
                entry("many dots", ".".repeat(1_000)),
                entry("no base64", "ä.ö.ü".replace('ä', '%').replace('ö', '!').replace('ü', '*')),
                entry("two in one header", victim.token() + ", Bearer " + victim.token()),
                entry("12 KB", "x".repeat(12_000))));
    }

    private String encrypted(PublicKey key) {
        return issuer.claims(victim.name())
                .jwe()
                .keyAlgorithm(KeyEncryptionAlgorithm.RSA_OAEP)
                .encrypt(key);
    }

    private JsonObject claims() {
        return new JsonObject()
                .put("iss", ThrowawayIssuer.ISSUER)
                .put("sub", victim.name())
                .put("aud", ThrowawayIssuer.AUDIENCE)
                .put("groups", new JsonArray().add("auditor").add("pin-verifier"))
                .put("iat", Instant.now().getEpochSecond())
                .put("exp", Instant.now().plus(Duration.ofHours(1)).getEpochSecond());
    }

    private static JsonObject jwk() {
        RSAPublicKey key = (RSAPublicKey) OWN.getPublic();
        return new JsonObject()
                .put("kty", "RSA")
                .put("n", ForgedTokens.base64Url(key.getModulus().toByteArray()))
                .put("e", ForgedTokens.base64Url(key.getPublicExponent().toByteArray()));
    }

    /** Whichever of them is right: a proxy may have looked at the other. */
    @Test
    void two_Authorization_headers_are_401() {
        String good = "Authorization: Bearer " + victim.token();

        refused("good, bad", account(good + "\r\nAuthorization: Bearer x"));
        refused("bad, good", account("Authorization: Bearer x\r\n" + good));
        refused("good, basic", account(good + "\r\nauthorization: Basic eDp5"));
        refused("good, good", account(good + "\r\n" + good));
    }

    @Test
    void another_scheme_is_401() {
        for (String scheme : new String[] {"Basic", "Digest", "Negotiate", "DPoP", "Bearer:", "Bearer\tx"}) {
            refused(scheme, account("Authorization: " + scheme + " " + victim.token()));
        }
    }

    /** RFC 6750, section 2.3, has it in the query, where logs and proxies read it. */
    @Test
    void a_token_anywhere_else_is_no_token() {
        String token = victim.token();
        for (String request : new String[] {
            "GET " + ACCOUNT + "?access_token=" + token + " HTTP/1.1\r\n",
            "GET " + ACCOUNT + " HTTP/1.1\r\nCookie: q_session=" + token + "; access_token=" + token + "\r\n",
            "GET " + ACCOUNT + " HTTP/1.1\r\nX-Authorization: Bearer " + token + "\r\n",
            "GET " + ACCOUNT + " HTTP/1.1\r\nProxy-Authorization: Bearer " + token + "\r\n"
        }) {
            Reply reply = new Wire(service).say(request + "Host: here\r\nConnection: close\r\n\r\n");

            assertThat(reply.statuses()).as(request).containsExactly(401);
            assertThat(label(reply)).isEqualTo(ErrorCode.MISSING_PARAMETER.label("Authorization"));
            assertThat(reply.headers().get("www-authenticate")).isEqualTo("Bearer");
            assertThat(reply.text()).doesNotContain(token);
        }
    }

    /** By the HTTP server, which has no envelope: see the limits that the page about the API has. */
    @Test
    void a_token_of_a_megabyte_is_431() {
        Reply reply = account("Authorization: Bearer " + "x".repeat(1_000_000));

        assertThat(reply.statuses()).isSubsetOf(431);
    }

    private Reply account(String authorization) {
        return new Wire(service)
                .say("GET " + ACCOUNT + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n" + authorization
                        + "\r\n\r\n");
    }

    private static void refused(String how, Reply reply) {
        assertThat(reply.statuses()).as(how + ": " + reply.text()).containsExactly(401);
        assertThat(label(reply)).as(how).isEqualTo(ErrorCode.INVALID_PARAMETER.label("Authorization"));
        assertThat(reply.headers().get("www-authenticate")).as(how).isEqualTo("Bearer error=\"invalid_token\"");
    }

    private static String label(Reply reply) {
        JsonObject message = new JsonObject(reply.body());
        assertThat(message.fieldNames()).containsExactly("transactionId", "status", "error");
        return message.getJsonObject("error").getString("label");
    }
}
