package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens that are remembered as good, until they or their keys end. */
class TokenCacheIT {

    private static final String ACCOUNT = "/v1/authentication/account";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Installation installation;
    private static OpenIdIssuer issuer;
    private static Replica replica;

    /** The keys may be fetched each second, and clocks may differ by one. */
    @BeforeAll
    static void start() {
        installation = new Installation(TokenCacheIT.class);
        issuer = new OpenIdIssuer().open();
        replica = installation
                .launch(Map.of(
                        "pims.token.issuer", issuer.issuer(),
                        "pims.token.cache.time-to-live", "10m",
                        "quarkus.oidc.token.forced-jwk-refresh-interval", "1s",
                        "quarkus.oidc.token.lifespan-grace", "1"))
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        installation.close();
        issuer.close();
    }

    @Test
    void a_token_is_refused_after_its_end_though_it_is_remembered() {
        remembers();
        long end = Instant.now().getEpochSecond() + 3;
        String ending = issuer.token(issuer.claims("driver").put("exp", end));
        assertThat(status(ending)).isEqualTo(200);

        await().atMost(PATIENCE).until(() -> status(ending) == 401);

        assertThat(Instant.now()).isAfterOrEqualTo(Instant.ofEpochSecond(end + 1));
    }

    @Test
    void a_token_is_refused_though_it_is_remembered_once_the_issuer_is_seen_to_have_other_keys() {
        String old = remembers();
        issuer.rotate();
        assertThat(status(old)).as("nobody has seen the new key").isEqualTo(200);

        await().atMost(PATIENCE).until(() -> status(issuer.token("another")) == 200);

        assertThat(status(old)).isEqualTo(401);
    }

    /** Returns a token that the replica remembers, once it has the issuer's keys and these have settled. */
    private static String remembers() {
        return await().atMost(PATIENCE)
                .until(TokenCacheIT::usedTwice, Optional::isPresent)
                .get();
    }

    /** Empty if it was checked twice. */
    private static Optional<String> usedTwice() {
        String token = issuer.token(
                issuer.claims("driver").put("jti", UUID.randomUUID().toString()));
        status(token);
        String before = hits();
        return status(token) == 200 && !hits().equals(before) ? Optional.of(token) : Optional.empty();
    }

    private static String hits() {
        return replica.metrics().stream()
                .filter(series -> series.startsWith("pims_token_cache_lookups_total{result=\"hit\"}"))
                .findFirst()
                .orElseThrow();
    }

    private static int status(String token) {
        return replica.get(ACCOUNT, token).join().status();
    }
}
