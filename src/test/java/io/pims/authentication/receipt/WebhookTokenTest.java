package io.pims.authentication.receipt;

import static io.pims.authentication.receipt.SignedMessageStatus.claims;
import static io.pims.authentication.receipt.SignedMessageStatus.hash;
import static io.pims.authentication.receipt.SignedMessageStatus.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.vonage.client.messages.MessagesClient;
import io.pims.authentication.http.ApiException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTokenTest {

    /** 16 characters, as Vonage makes them; HS256 should have 32 bytes. */
    private static final String SECRET = "Ab3dEf6hIj9lMn2p";

    private static final String BODY = "{\"status\":\"delivered\",\"price\":1.0}";
    private static final Instant SIGNED_AT = Instant.parse("2026-11-24T12:29:37Z");

    private static ReceiptSecret secret(String secret, Duration window) {
        return new ReceiptSecret("vonage", secret, SignatureMethod.MD5_HASH, window);
    }

    private static WebhookToken at(Instant now, ReceiptSecret... secrets) {
        return new WebhookToken(List.of(secrets), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static WebhookToken now() {
        return at(SIGNED_AT, secret(SECRET, Duration.ofMinutes(5)));
    }

    private static void check(WebhookToken check, String... authorization) {
        check.require(List.of(authorization), BODY.getBytes(UTF_8));
    }

    private static void accepted(WebhookToken check, String token) {
        assertThatCode(() -> check(check, "Bearer " + token)).doesNotThrowAnyException();
    }

    private static void refused(WebhookToken check, String reason, String... authorization) {
        assertThatThrownBy(() -> check(check, authorization))
                .isInstanceOfSatisfying(ApiException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(401);
                    assertThat(refusal.headers()).containsEntry("WWW-Authenticate", "Bearer error=\"invalid_token\"");
                })
                .hasMessage("Invalid Authorization parameter (" + reason + ")")
                .hasNoCause();
    }

    private static String right() {
        return token(claims(BODY).withIssuedAt(SIGNED_AT), SECRET);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void a_token_under_a_short_secret_is_right_as_it_is_for_the_SDK_of_Vonage() {
        assertThat(MessagesClient.verifySignature(right(), SECRET)).isTrue();
        accepted(now(), right());
    }

    /** By Python's hmac, hashlib and base64. */
    @Test
    void a_token_that_was_computed_elsewhere_is_right() {
        accepted(
                now(),
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3OTU1MjMzNzcsImp0aSI6IjEiLCJpc3MiOiJWb25hZ2UiLCJwYXl"
                        + "sb2FkX2hhc2giOiI5M2VhMmQ2ZmJlNjU1NmI3YWYwOGVmNmJlZTc4N2U2MzAxZjgxMDJiZGVlODRmMmViMmEzMTUwYzZmNzE1OTU"
                        + "5In0.rNazQwQ2l-uqtwETte2mS14QeZ-aUvwLdXd9QWMmh6Y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s", "bearer %s", "BEARER %s", "bEaReR   %s", "Bearer %s  "})
    void the_scheme_is_in_any_case_and_blanks_do_not_matter(String form) {
        assertThatCode(() -> check(now(), form.formatted(right()))).doesNotThrowAnyException();
    }

    @Test
    void a_token_is_looked_for_by_its_scheme() {
        assertThat(WebhookToken.isIn(List.of("Basic a", "bearer x"))).isTrue();
        assertThat(WebhookToken.isIn(List.of())).isFalse();
        assertThat(WebhookToken.isIn(List.of("", "Bearer", "Basic a2V5OnNlY3JldA==", "Bearera.b.c")))
                .isFalse();
    }

    @Test
    void no_header_is_missing() {
        assertThatThrownBy(() -> check(now()))
                .isInstanceOfSatisfying(ApiException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(401);
                    assertThat(refusal.headers()).containsEntry("WWW-Authenticate", "Bearer");
                })
                .hasMessage("Missing Authorization parameter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Bearer",
                "Bearer ",
                "Bearer a",
                "Bearer a.b",
                "Bearer a.b.c.d",
                "Bearer a.b.c.d.e",
                "Bearer ..",
                "Bearer a.b.",
                "Bearer\ta.b.c",
                "Bearer a.b.c, Bearer a.b.c",
                "Basic a2V5OnNlY3JldA==",
                "Bearera.b.c",
                "a.b.c",
                "Bearer a+/=.b.c",
                "Bearer é.b.c",
                "Bearer \0.b.c"
            })
    void what_is_no_token_is_invalid(String authorization) {
        refused(now(), "no JWT", authorization);
    }

    @Test
    void two_headers_and_a_token_longer_than_any_are_invalid() {
        refused(now(), "no JWT", "Bearer " + right(), "Bearer " + right());
        refused(now(), "no JWT", "Bearer " + right() + "A".repeat(9_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", "bnVsbA.bnVsbA.AA", "W10.W10.AA", "e30.e30.AA", "eyJhbGciOiJ9.e30.AA"})
    void garbage_in_three_parts_is_invalid(String token) {
        refused(now(), "no JWT signed by HS256", "Bearer " + token);
    }

    @Test
    void deep_JSON_in_a_token_is_invalid() {
        String deep = "[".repeat(3_000) + "]".repeat(3_000);
        String header = "{\"alg\":\"HS256\",\"x\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}";

        refused(now(), "bad signature", "Bearer " + encoded("{\"alg\":\"HS256\"}") + "." + encoded(deep) + ".AA");
        refused(now(), "bad signature", "Bearer " + encoded(header) + "." + encoded("{}") + ".AA");
    }

    @Test
    void a_token_under_another_secret_or_with_another_end_is_forged() {
        String[] parts = right().split("\\.");
        String[] other = token(claims("{}").withIssuedAt(SIGNED_AT), SECRET).split("\\.");

        refused(now(), "bad signature", "Bearer " + token(claims(BODY).withIssuedAt(SIGNED_AT), SECRET + "x"));
        refused(now(), "bad signature", "Bearer " + parts[0] + "." + other[1] + "." + parts[2]);
        refused(now(), "bad signature", "Bearer " + parts[0] + "." + parts[1] + ".AA");
        refused(at(SIGNED_AT), "bad signature", "Bearer " + right());
    }

    @Test
    void no_algorithm_but_HS256_counts() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        String[] parts = right().split("\\.");
        String none = "no JWT signed by HS256";

        refused(
                now(),
                "no JWT",
                "Bearer " + claims(BODY).withIssuedAt(SIGNED_AT).sign(Algorithm.none()));
        for (String alg : List.of("none", "None", "HS384", "HS512", "RS256", "ES256", "PS256", "dir", "hs256", "")) {
            String header = encoded("{\"alg\":\"" + alg + "\"}");
            refused(now(), none, "Bearer " + header + "." + parts[1] + "." + parts[2]);
        }
        refused(
                now(),
                none,
                "Bearer "
                        + claims(BODY)
                                .withIssuedAt(SIGNED_AT)
                                .sign(Algorithm.RSA256(
                                        (RSAPublicKey) keys.getPublic(), (RSAPrivateKey) keys.getPrivate())));
        refused(now(), none, "Bearer " + claims(BODY).withIssuedAt(SIGNED_AT).sign(Algorithm.HMAC512(SECRET)));
        String publicKey = new String(keys.getPublic().getEncoded(), UTF_8);
        refused(
                at(SIGNED_AT, secret(publicKey, Duration.ofMinutes(5))),
                none,
                "Bearer " + encoded("{\"alg\":\"RS256\"}") + "." + parts[1] + "." + parts[2]);
    }

    @Test
    void an_extension_that_must_be_understood_is_not() {
        String token = claims(BODY)
                .withIssuedAt(SIGNED_AT)
                .withHeader(Map.of("crit", List.of("exp"), "exp", 1))
                .sign(Algorithm.HMAC256(SECRET));

        refused(now(), "no JWT signed by HS256", "Bearer " + token);
    }

    @ParameterizedTest
    @CsvSource({"-301, false", "-300, true", "0, true", "300, true", "301, false", "-86400, false", "86400, false"})
    void a_receipt_is_taken_within_the_window_of_its_time(int seconds, boolean taken) {
        WebhookToken check = at(SIGNED_AT.plusSeconds(seconds), secret(SECRET, Duration.ofMinutes(5)));

        if (taken) {
            accepted(check, right());
        } else {
            refused(check, "of another time", "Bearer " + right());
        }
    }

    @Test
    void a_time_that_is_missing_or_none_is_invalid_though_it_is_signed() {
        String hash = hash(BODY.getBytes(UTF_8));
        refused(now(), "without iat", "Bearer " + token(JWT.create().withClaim("payload_hash", hash), SECRET));
        for (Object iat : List.of("soon", "1795523377", true, List.of(1))) {
            String claims = "{\"payload_hash\":\"" + hash + "\",\"iat\":"
                    + (iat instanceof String ? "\"" + iat + "\"" : iat) + "}";
            refused(
                    now(),
                    "no JWT signed by HS256",
                    "Bearer " + token(JWT.create().withPayload(claims), SECRET));
        }
        for (String iat : List.of("1e300", "-1e300", "9223372036854775807", "-9223372036854775808", "0")) {
            String token = encoded("{\"alg\":\"HS256\"}") + "."
                    + encoded("{\"payload_hash\":\"" + hash + "\",\"iat\":" + iat + "}");
            byte[] signature = Algorithm.HMAC256(SECRET)
                    .sign(
                            encoded("{\"alg\":\"HS256\"}").getBytes(UTF_8),
                            token.substring(token.indexOf('.') + 1).getBytes(UTF_8));
            refused(
                    now(),
                    "of another time",
                    "Bearer " + token + "."
                            + Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
        }
    }

    @Test
    void the_hash_is_hexadecimal_in_any_case() {
        String upper = hash(BODY.getBytes(UTF_8)).toUpperCase(Locale.ROOT);

        accepted(now(), token(claims("").withIssuedAt(SIGNED_AT).withClaim("payload_hash", upper), SECRET));
    }

    @Test
    void a_token_without_a_hash_would_do_for_any_body_and_is_invalid() {
        refused(now(), "without payload_hash", "Bearer " + token(JWT.create().withIssuedAt(SIGNED_AT), SECRET));
        for (String none : List.of("", " ", "x", "00", "z".repeat(64), "0".repeat(63), "0".repeat(65))) {
            refused(
                    now(),
                    "without payload_hash",
                    "Bearer " + token(claims(BODY).withIssuedAt(SIGNED_AT).withClaim("payload_hash", none), SECRET));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"price\":1.0,\"status\":\"delivered\"}",
                "{\"status\": \"delivered\",\"price\":1.0}",
                "{\"status\":\"delivered\",\"price\":1.00}",
                "{\"st\\u0061tus\":\"delivered\",\"price\":1.0}",
                "{\"status\":\"delivered\",\"price\":1.0}\n",
                "\ufeff{\"status\":\"delivered\",\"price\":1.0}"
            })
    void another_body_or_the_same_JSON_in_other_bytes_is_invalid(String body) {
        assertThatThrownBy(() -> now().require(List.of("Bearer " + right()), body.getBytes(UTF_8)))
                .isInstanceOf(ApiException.class)
                .hasMessage("Invalid Authorization parameter (of another body)");
    }

    @Test
    void one_of_several_secrets_is_enough_and_its_own_window_counts() {
        ReceiptSecret other = secret("another", Duration.ofDays(1));
        ReceiptSecret signer = secret(SECRET, Duration.ofMinutes(5));

        accepted(at(SIGNED_AT, other, signer), right());
        accepted(at(SIGNED_AT, signer, other), right());
        refused(at(SIGNED_AT.plusSeconds(3_600), other, signer), "of another time", "Bearer " + right());
    }

    @Test
    void roads_that_share_an_account_signed_it_all_if_it_is_of_the_time_of_each() {
        ReceiptSecret first = new ReceiptSecret("first", SECRET, SignatureMethod.HMAC_SHA256, Duration.ofMinutes(5));
        ReceiptSecret second = new ReceiptSecret("second", SECRET, SignatureMethod.HMAC_SHA256, Duration.ofDays(1));
        List<String> bearer = List.of("Bearer " + right());

        assertThat(at(SIGNED_AT, first, second).require(bearer, BODY.getBytes(UTF_8)))
                .containsExactly("first", "second");
        assertThat(at(SIGNED_AT.plusSeconds(3_600), first, second).require(bearer, BODY.getBytes(UTF_8)))
                .containsExactly("second");
    }
}
