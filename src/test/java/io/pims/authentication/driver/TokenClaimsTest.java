package io.pims.authentication.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.sms.TestConfig;
import io.quarkus.security.AuthenticationFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenClaimsTest {

    private static final int LEEWAY_S = 30;
    private static final Map<String, Object> CLAIMS = Map.of("sub", "jane", "iat", 500L, "exp", 1_000L);

    private static final TokenConfig CONFIG = TestConfig.of(
            TokenConfig.class,
            "pims.token.issuer",
            "https://issuer.example",
            "pims.token.audience",
            "pims",
            "pims.token.brand-claim",
            "https://car.example/brand");

    @Test
    void a_driver_is_who_the_token_says_with_brand_and_region_from_the_claims_of_the_configuration() {
        assertThat(driver(Map.of("sub", "jane", "https://car.example/brand", "opel", "brand", "ds", "region", "FR")))
                .isEqualTo(new Driver("jane", Optional.of("opel"), Optional.of("FR")));
    }

    @Test
    void a_claim_that_is_missing_says_nothing() {
        Map<String, Object> absent = new HashMap<>(Map.of("sub", "jane"));
        absent.put("https://car.example/brand", null);
        absent.put("region", null);

        assertThat(driver(absent)).isEqualTo(new Driver("jane", Optional.empty(), Optional.empty()));
        assertThat(driver(Map.of("sub", "jane"))).isEqualTo(new Driver("jane", Optional.empty(), Optional.empty()));
    }

    @Test
    void a_list_of_one_is_its_element() {
        assertThat(driver(Map.of("sub", "jane", "https://car.example/brand", List.of("opel"), "region", List.of("es"))))
                .isEqualTo(new Driver("jane", Optional.of("opel"), Optional.of("ES")));
    }

    @ParameterizedTest
    @CsvSource({"UK, GB", "uk, GB", "EL, GR", "el, GR", "GB, GB", "GR, GR", "' fr ', FR", "Nl, NL", "XK, XK"})
    void a_region_is_its_code_of_ISO_3166_1(String claimed, String region) {
        assertThat(driver(Map.of("sub", "jane", "region", claimed)).region()).contains(region);
        assertThat(driver(Map.of("sub", "jane", "region", List.of(claimed))).region())
                .contains(region);
    }

    static List<Object> unreadable() {
        return List.of(
                33,
                33.5,
                true,
                "",
                " ",
                "\0",
                "FR\0",
                "F\u0130",
                "\uff26\uff32",
                "FRA",
                "250",
                "x".repeat(3_000),
                List.of(),
                List.of("FR", "ES"),
                List.of("FR", "FR"),
                List.of(33),
                List.of(List.of("FR")),
                Collections.singletonList(null),
                Map.of(),
                Map.of("code", "FR"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void a_region_that_nobody_can_read_is_unknown_and_such_a_brand_is_none(Object claim) {
        Driver driver = driver(Map.of("sub", "jane", "https://car.example/brand", claim, "region", claim));

        assertThat(driver.region()).contains(HomeRegion.UNKNOWN);
        assertThat(driver.brand().orElse("")).doesNotContain("\0").hasSizeLessThanOrEqualTo(64);
    }

    static List<Object> unusableSubjects() {
        return List.of(Optional.empty(), "", "jané", "a\nb", "x".repeat(256), 4711, List.of("jane"), true);
    }

    @ParameterizedTest
    @MethodSource("unusableSubjects")
    void a_token_without_a_usable_subject_is_refused(Object subject) {
        Map<String, Object> claims = new HashMap<>();
        if (!subject.equals(Optional.empty())) {
            claims.put("sub", subject);
        }
        assertThatThrownBy(() -> driver(claims))
                .isInstanceOfSatisfying(
                        AuthenticationFailedException.class,
                        refusal -> assertThat(TokenFault.of(refusal)).containsExactly(TokenFault.NO_SUBJECT));
    }

    @Test
    void only_the_roles_that_an_operation_needs_are_kept() {
        assertThat(read(CLAIMS, Optional.empty()).roles()).isEmpty();
        assertThat(new TokenClaims(CONFIG, 0, Optional.empty())
                        .read(claims(CLAIMS), Set.of("auditor", "pin-verifier", "support", "x".repeat(4_000)))
                        .roles())
                .containsExactlyInAnyOrder(Roles.AUDITOR, Roles.PIN_VERIFIER, Roles.SUPPORT);
    }

    @Test
    void a_token_ends_with_its_leeway_and_with_its_age_if_that_is_bounded() {
        assertThat(read(CLAIMS, Optional.empty()).end()).isEqualTo(Instant.ofEpochSecond(1_000 + LEEWAY_S));
        assertThat(read(CLAIMS, Optional.of(Duration.ofSeconds(60))).end())
                .isEqualTo(Instant.ofEpochSecond(500 + 60 + LEEWAY_S));
        assertThat(read(CLAIMS, Optional.of(Duration.ofDays(1))).end())
                .isEqualTo(Instant.ofEpochSecond(1_000 + LEEWAY_S));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 253_402_300_800L, Long.MAX_VALUE})
    void an_end_beyond_all_time_is_no_failure(long second) {
        assertThat(read(Map.of("sub", "jane", "exp", second), Optional.empty()).end())
                .isAfterOrEqualTo(Instant.EPOCH);
        assertThat(read(Map.of("sub", "jane", "exp", 1_000, "iat", second), Optional.of(Duration.ofDays(1)))
                        .end())
                .isAfterOrEqualTo(Instant.EPOCH);
    }

    @Test
    void a_token_without_an_end_is_at_its_end() {
        assertThat(read(Map.of("sub", "jane"), Optional.empty()).end()).isEqualTo(Instant.ofEpochSecond(LEEWAY_S));
    }

    private static Driver driver(Map<String, Object> values) {
        return read(values, Optional.empty()).driver();
    }

    private static CheckedToken read(Map<String, Object> values, Optional<Duration> longestAge) {
        return new TokenClaims(CONFIG, LEEWAY_S, longestAge).read(claims(values), Set.of());
    }

    private static JwtClaims claims(Map<String, Object> values) {
        JwtClaims claims = new JwtClaims();
        values.forEach(claims::setClaim);
        return claims;
    }
}
