package io.pims.authentication.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pims.authentication.sms.TestConfig;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedTokensTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String TOKEN = "header.claims.signature";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger checks = new AtomicInteger();
    private Duration passed = Duration.ZERO;
    private Instant end = BEGIN.plus(Duration.ofHours(1));
    private CheckedTokens tokens = tokens("60s", "100");

    private CheckedTokens tokens(String timeToLive, String size) {
        TokenConfig config = TestConfig.of(
                TokenConfig.class,
                "pims.token.issuer",
                "https://issuer.example",
                "pims.token.audience",
                "pims",
                "pims.token.cache.time-to-live",
                timeToLive,
                "pims.token.cache.size",
                size);
        return new CheckedTokens(config.cache(), new Passing(), registry, () -> passed.toNanos());
    }

    /** The wall clock and the one that nobody sets, side by side. */
    private final class Passing extends Clock {

        @Override
        public Instant instant() {
            return BEGIN.plus(passed);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private CheckedToken ask(String token) {
        return tokens.of(token, () -> {
                    checks.incrementAndGet();
                    return Uni.createFrom().item(checked(token));
                })
                .await()
                .indefinitely();
    }

    private CheckedToken checked(String token) {
        return new CheckedToken(new Driver(token, Optional.empty(), Optional.empty()), Set.of(), end);
    }

    private void pass(Duration time) {
        passed = passed.plus(time);
    }

    @Test
    void a_token_that_comes_twice_is_checked_once() {
        CheckedToken first = ask(TOKEN);

        assertThat(ask(TOKEN)).isEqualTo(first);
        assertThat(checks).hasValue(1);
        assertThat(lookups("hit")).isEqualTo(1);
        assertThat(lookups("miss")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header.claims.signaturf", "Header.claims.signature", "header.claims.signature=", "header"})
    void a_token_that_differs_anywhere_is_checked_by_itself(String other) {
        ask(TOKEN);

        assertThat(ask(other).driver().user()).isEqualTo(other);
        assertThat(checks).hasValue(2);
    }

    @Test
    void it_is_checked_again_after_the_time_to_live_however_often_it_came_meanwhile() {
        ask(TOKEN);
        pass(Duration.ofSeconds(59));
        ask(TOKEN);
        assertThat(checks).hasValue(1);

        pass(Duration.ofSeconds(1));
        ask(TOKEN);
        assertThat(checks).hasValue(2);
    }

    @Test
    void it_is_checked_again_from_its_end_on() {
        end = BEGIN.plusSeconds(10);
        ask(TOKEN);
        pass(Duration.ofSeconds(10).minusMillis(1));
        ask(TOKEN);
        assertThat(checks).hasValue(1);

        pass(Duration.ofMillis(1));
        ask(TOKEN);
        assertThat(checks).hasValue(2);
    }

    @Test
    void what_was_refused_is_checked_each_time() {
        for (int time = 1; time <= 3; time++) {
            assertThatThrownBy(() -> tokens.of(TOKEN, () -> {
                                checks.incrementAndGet();
                                return Uni.createFrom().failure(new AuthenticationFailedException());
                            })
                            .await()
                            .indefinitely())
                    .isInstanceOf(AuthenticationFailedException.class);
            assertThat(checks).hasValue(time);
        }
        assertThat(tokens.entries()).isZero();
    }

    @Test
    void other_keys_of_the_issuer_make_it_forget_all_and_the_same_keys_do_not() {
        IssuerKeys keys = new IssuerKeys(tokens);
        keys.received("one");
        pass(CheckedTokens.SETTLING);
        ask(TOKEN);
        keys.received("one");
        ask(TOKEN);
        assertThat(checks).hasValue(1);

        keys.received("two");
        ask(TOKEN);
        assertThat(checks).hasValue(2);
    }

    @Test
    void what_was_checked_while_the_keys_changed_or_just_after_is_not_remembered() {
        tokens.of(TOKEN, () -> Uni.createFrom().item(checked(TOKEN)).invoke(checked -> tokens.keysChanged()))
                .await()
                .indefinitely();
        pass(CheckedTokens.SETTLING);
        assertThat(tokens.entries()).isZero();

        tokens.keysChanged();
        pass(CheckedTokens.SETTLING.minusNanos(1));
        ask(TOKEN);
        assertThat(tokens.entries()).isZero();

        pass(Duration.ofNanos(1));
        ask(TOKEN);
        assertThat(tokens.entries()).isEqualTo(1);
    }

    @Test
    void no_more_than_its_size_are_remembered() {
        for (int each = 0; each < 1_000; each++) {
            ask(TOKEN + each);
        }

        assertThat(tokens.entries()).isEqualTo(100);
        assertThat(registry.get("pims.token.cache.entries").gauge().value()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s 100", "60s 0"})
    void without_time_or_size_each_is_checked_each_time(String settings) {
        tokens = tokens(settings.split(" ")[0], settings.split(" ")[1]);
        tokens.keysChanged();
        ask(TOKEN);
        ask(TOKEN);

        assertThat(checks).hasValue(2);
        assertThat(tokens.entries()).isZero();
        assertThat(lookups("miss")).isZero();
    }

    private double lookups(String result) {
        return registry.get("pims.token.cache.lookups")
                .tag("result", result)
                .counter()
                .count();
    }
}
