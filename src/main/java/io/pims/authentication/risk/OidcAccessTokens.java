package io.pims.authentication.risk;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientConfigBuilder;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.OidcClientConfig;
import io.quarkus.oidc.client.runtime.TokensHelper;
import io.quarkus.oidc.common.runtime.config.OidcClientCommonConfig.Credentials.Secret.Method;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Access tokens by OAuth 2.0 with the credentials of a client (RFC 6749, section 4.4), by {@code quarkus-oidc-client}. A token
 * serves until shortly before its end. Questions that come while one is asked for share it.
 */
final class OidcAccessTokens implements AccessTokens, AutoCloseable {

    /** Before its end, so that a token does not expire on its way. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    private final OidcClient client;
    private final TokensHelper tokens = new TokensHelper();
    private final AtomicBoolean refused = new AtomicBoolean();

    OidcAccessTokens(OidcClient client, Duration longest) {
        this.client = new BoundedClient(client, longest);
    }

    /** @param clients of which a client of its own is made */
    static OidcAccessTokens of(
            URI url, String clientId, String secret, RiskConfig.Camara config, Duration longest, OidcClients clients) {
        OidcClientConfig client = new OidcClientConfigBuilder()
                .id("sim-swap")
                .tokenPath(url.toString())
                .discoveryEnabled(false)
                .clientId(clientId)
                .credentials()
                .clientSecret(secret, config.clientAuthentication().equals("post") ? Method.POST : Method.BASIC)
                .end()
                .scopes(config.scopes())
                .earlyTokensAcquisition(false)
                // The other skew that there is makes a token live on beyond its end.
                .refreshTokenTimeSkew(SKEW)
                .connectionTimeout(longest)
                .followRedirects(false)
                .build();
        return new OidcAccessTokens(clients.newClient(client).await().atMost(longest), longest);
    }

    @Override
    public Uni<String> token() {
        return Uni.createFrom()
                .deferred(() -> tokens.getTokens(client, Map.of(), refused.compareAndSet(true, false)))
                .map(Tokens::getAccessToken);
    }

    @Override
    public void refused() {
        refused.set(true);
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without a bound, an endpoint that hangs once would be waited for by all that share its answer, for ever. */
    private record BoundedClient(OidcClient client, Duration longest) implements OidcClient {

        @Override
        public Uni<Tokens> getTokens(Map<String, String> parameters) {
            return client.getTokens(parameters).ifNoItem().after(longest).fail();
        }

        @Override
        public Uni<Tokens> refreshTokens(String refreshToken, Map<String, String> parameters) {
            return client.refreshTokens(refreshToken, parameters)
                    .ifNoItem()
                    .after(longest)
                    .fail();
        }

        @Override
        public Uni<Boolean> revokeAccessToken(String accessToken, Map<String, String> parameters) {
            return client.revokeAccessToken(accessToken, parameters);
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
