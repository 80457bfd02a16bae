package io.pims.authentication.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.message.ApiException;
import io.pims.authentication.sms.TestConfig;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DriversTest {

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
    void a_claim_that_is_missing_or_no_text_says_nothing() {
        assertThat(driver(Map.of("sub", "jane", "https://car.example/brand", List.of("opel"), "region", 33)))
                .isEqualTo(new Driver("jane", Optional.empty(), Optional.empty()));
        assertThat(driver(Map.of("sub", "jane"))).isEqualTo(new Driver("jane", Optional.empty(), Optional.empty()));
    }

    static List<Object> unusableSubjects() {
        return List.of(Optional.empty(), "", "jané", "a\nb", "x".repeat(256), 4711, List.of("jane"), true);
    }

    @ParameterizedTest
    @MethodSource("unusableSubjects")
    void a_token_without_a_usable_subject_is_refused_as_the_header_it_came_in(Object subject) {
        Map<String, Object> claims = new HashMap<>();
        if (!subject.equals(Optional.empty())) {
            claims.put("sub", subject);
        }
        assertThatThrownBy(() -> driver(claims))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(401));
    }

    private static Driver driver(Map<String, Object> values) {
        JwtClaims claims = new JwtClaims();
        values.forEach(claims::setClaim);
        return new Drivers(
                        CONFIG,
                        QuarkusSecurityIdentity.builder()
                                .setPrincipal(new OidcJwtCallerPrincipal(claims, new AccessTokenCredential("a.b.c")))
                                .build())
                .current();
    }
}
