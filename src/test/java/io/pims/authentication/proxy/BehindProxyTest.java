package io.pims.authentication.proxy;

import static io.pims.authentication.TestDriver.SMSCODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test is the proxy that is trusted, and another one before it is 198.51.100.1. */
@QuarkusTest
@TestProfile(BehindProxyTest.Trusting.class)
class BehindProxyTest {

    private static final String RESET_PIN = "{\"type\":\"resetPIN\"}";

    public static class Trusting implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "pims.proxy.trusted", "127.0.0.0/8,::1,198.51.100.0/24",
                    "pims.ratelimit.address-enabled", "true",
                    "pims.ratelimit.address", "1/1h");
        }
    }

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @TestHTTPResource
    URI service;

    @BeforeEach
    void nobody_has_asked() {
        database.execute("DELETE FROM rate_limit WHERE starts_with(subject, 'address/')");
    }

    private Response asks(String... forwardedFor) {
        return TestDriver.withNumber(issuer)
                .json()
                .header("X-Forwarded-For", forwardedFor[0], (Object[])
                        Arrays.copyOfRange(forwardedFor, 1, forwardedFor.length))
                .body(RESET_PIN)
                .post(SMSCODE);
    }

    private long addresses() {
        return database.count("SELECT count(*) FROM rate_limit WHERE starts_with(subject, 'address/')");
    }

    @Test
    void the_limit_is_that_of_the_rightmost_address_that_no_trusted_proxy_has() {
        assertThat(asks("203.0.113.7").statusCode()).isEqualTo(202);

        Response forged = asks("192.0.2.1, 203.0.113.7:4711");
        Response viaTwo = asks("192.0.2.2", "::ffff:203.0.113.7, 198.51.100.1");
        Response another = asks("203.0.113.7, 203.0.113.8");

        assertThat(forged.statusCode()).isEqualTo(429);
        assertThat(forged.header("RateLimit-Policy")).startsWith("\"address-");
        assertThat(viaTwo.statusCode()).isEqualTo(429);
        assertThat(another.statusCode()).isEqualTo(202);
        assertThat(addresses()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "unknown",
                "_hidden",
                "client.example",
                "[2001:db8::1",
                "[]:80",
                "203.0.113.7:",
                ":4711",
                "203.0.113.256",
                "203.0.113.7, unknown",
                "\"",
                "198.51.100.1",
                "203.0.113.7 203.0.113.8",
            })
    void what_is_no_address_has_no_limit_and_is_no_fault(String forwardedFor) {
        assertThat(asks(forwardedFor).statusCode()).isEqualTo(202);
        assertThat(asks(forwardedFor).statusCode()).isEqualTo(202);
        assertThat(addresses()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2001:db8::1]:4711",
                "2001:db8::1",
                "2001:db8::5%eth0",
                "[2001:DB8:0:0:1::]",
                "2001:db8::192.0.2.1",
            })
    void an_IPv6_address_is_its_network_however_it_is_written(String forwardedFor) {
        assertThat(asks(forwardedFor).statusCode()).isEqualTo(202);

        assertThat(asks("2001:db8::2").statusCode()).isEqualTo(429);
    }

    @Test
    void the_other_header_says_nothing() {
        Response answer = TestDriver.withNumber(issuer)
                .json()
                .header("Forwarded", "for=203.0.113.7;proto=https;host=evil.example")
                .header("X-Forwarded-Host", "evil.example")
                .body(RESET_PIN)
                .post(SMSCODE);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.header("Strict-Transport-Security")).isNull();
        assertThat(addresses()).isZero();
    }

    @Test
    void a_client_that_spoke_TLS_to_the_proxy_is_told_to_stay_with_it() {
        TestDriver driver = TestDriver.someone(issuer);

        Response tls = driver.request().header("X-Forwarded-Proto", "https").get("/v1/authentication/account");
        Response plain = driver.request().header("X-Forwarded-Proto", "http").get("/v1/authentication/account");
        Response nonsense = driver.request().header("X-Forwarded-Proto", "").get("/v1/authentication/nothing");

        assertThat(tls.statusCode()).isEqualTo(200);
        assertThat(tls.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
        assertThat(plain.header("Strict-Transport-Security")).isNull();
        assertThat(nonsense.statusCode()).isEqualTo(404);
    }

    @Test
    void over_HTTP_2_it_is_the_same() throws Exception {
        HttpClient http2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

        HttpResponse<String> empty = asks(http2, "");
        HttpResponse<String> obfuscated = asks(http2, "_hidden");
        HttpResponse<String> first = asks(http2, "192.0.2.1, [2001:db8:7::1]:4711");
        HttpResponse<String> second = asks(http2, "192.0.2.2, 2001:db8:7::2");

        assertThat(empty.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(empty.statusCode()).isEqualTo(202);
        assertThat(obfuscated.statusCode()).isEqualTo(202);
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(second.statusCode()).isEqualTo(429);
    }

    private HttpResponse<String> asks(HttpClient client, String forwardedFor) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(SMSCODE))
                .header(
                        "Authorization",
                        "Bearer " + TestDriver.withNumber(issuer).token())
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", forwardedFor)
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(RESET_PIN))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
