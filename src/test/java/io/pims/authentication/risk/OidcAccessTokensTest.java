package io.pims.authentication.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is remembered of tokens; that the real client gets them, the story of the sandbox shows. */
class OidcAccessTokensTest {

    private static final Duration LONGEST = Duration.ofMillis(300);

    private final AtomicInteger asked = new AtomicInteger();
    private Uni<String> endpoint = Uni.createFrom().item("t");
    private Duration life = Duration.ofMinutes(5);

    private final OidcAccessTokens tokens = new OidcAccessTokens(
            new OidcClient() {

                @Override
                public Uni<Tokens> getTokens(Map<String, String> parameters) {
                    int number = asked.incrementAndGet();
                    return endpoint.map(token -> OidcAccessTokensTest.this.tokens(token + number));
                }

                @Override
                public Uni<Tokens> refreshTokens(String refreshToken, Map<String, String> parameters) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Uni<Boolean> revokeAccessToken(String accessToken, Map<String, String> parameters) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void close() {}
            },
            LONGEST);

    private Tokens tokens(String token) {
        long end = Instant.now().plus(life).getEpochSecond();
        return new Tokens(token, end, null, null, null, new JsonObject(), "sim-swap");
    }

    private String token() {
        return tokens.token().await().atMost(Duration.ofSeconds(30));
    }

    @Test
    void a_token_serves_until_its_end() {
        assertThat(List.of(token(), token())).containsExactly("t1", "t1");
    }

    @Test
    void a_token_that_is_over_is_replaced() {
        life = Duration.ofSeconds(-1);

        assertThat(List.of(token(), token())).containsExactly("t1", "t2");
    }

    @Test
    void a_token_that_was_refused_is_replaced_once() {
        token();
        tokens.refused();
        tokens.refused();

        assertThat(List.of(token(), token())).containsExactly("t2", "t2");
    }

    @Test
    void questions_at_once_share_one_token() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        endpoint = Uni.createFrom().completionStage(answer);
        CompletableFuture<String> first = tokens.token().subscribeAsCompletionStage();
        CompletableFuture<String> second = tokens.token().subscribeAsCompletionStage();

        answer.complete("t");

        assertThat(List.of(first.join(), second.join())).containsExactly("t1", "t1");
    }

    @Test
    void an_endpoint_that_hangs_is_asked_again() {
        endpoint = Uni.createFrom().nothing();
        assertThatThrownBy(this::token).isInstanceOf(TimeoutException.class);

        endpoint = Uni.createFrom().item("t");
        assertThat(token()).isEqualTo("t2");
    }

    @Test
    void an_endpoint_that_fails_is_asked_again() {
        endpoint = Uni.createFrom().failure(new IllegalStateException());
        assertThatThrownBy(this::token).isInstanceOf(IllegalStateException.class);

        endpoint = Uni.createFrom().item("t");
        assertThat(token()).isEqualTo("t2");
    }
}
