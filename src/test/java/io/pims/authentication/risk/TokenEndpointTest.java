package io.pims.authentication.risk;

import static io.pims.authentication.ScriptedServer.http;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer;
import io.pims.authentication.monitoring.WholeLog;
import io.pims.authentication.risk.ScriptedOperator.Operator;
import io.pims.authentication.risk.SimSwap.Kind;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.oidc.client.runtime.OidcClientConfig;
import io.quarkus.oidc.client.runtime.OidcClientRecorder;
import io.quarkus.oidc.common.runtime.OidcTlsSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.logmanager.LogContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to the token endpoint, by Quarkus' own client. */
class TokenEndpointTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String SECRET = "a-secret-that-nobody-may-read";

    private static final String BASIC = Base64.getEncoder().encodeToString(("pims:" + SECRET).getBytes(UTF_8));

    @RegisterExtension
    final ScriptedOperator network = new ScriptedOperator();

    @RegisterExtension
    final WholeLog log = new WholeLog();

    /** Makes clients as Quarkus does, without its container. */
    private static final class Clients extends OidcClientRecorder implements OidcClients {

        private final Vertx vertx;

        private Clients(Vertx vertx) {
            this.vertx = vertx;
        }

        @Override
        public Uni<OidcClient> newClient(OidcClientConfig config) {
            return createOidcClientUni(config, config.id().orElseThrow(), vertx, OidcTlsSupport.empty(), null);
        }

        @Override
        public OidcClient getClient() {
            throw new UnsupportedOperationException();
        }

        @Override
        public OidcClient getClient(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private OidcAccessTokens tokens(Operator endpoint, String... settings) {
        return network.closedAtTheEnd(OidcAccessTokens.of(
                URI.create(endpoint.uri() + "/oauth2/token"),
                "pims",
                SECRET,
                ScriptedOperator.config(settings).simSwap().camara(),
                LONG,
                new Clients(network.vertx())));
    }

    private static String token(OidcAccessTokens tokens) {
        return tokens.token().await().atMost(LONG);
    }

    private Operator granting(int seconds) throws Exception {
        return network.operator(http(
                "200 OK",
                "{\"access_token\":\"" + ScriptedOperator.TOKEN + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                        + seconds + "}"));
    }

    @Test
    void the_credentials_are_in_the_header() throws Exception {
        Operator endpoint = granting(300);

        assertThat(token(tokens(endpoint))).isEqualTo(ScriptedOperator.TOKEN);

        ScriptedServer.Request request = endpoint.request();
        assertThat(request.line()).isEqualTo("POST /oauth2/token HTTP/1.1");
        assertThat(request.header("authorization")).isEqualTo("Basic " + BASIC);
        assertThat(request.body().split("&"))
                .containsExactlyInAnyOrder("grant_type=client_credentials", "scope=sim-swap%3Acheck");
    }

    @Test
    void or_in_the_form() throws Exception {
        Operator endpoint = granting(300);

        token(tokens(endpoint, "pims.risk.sim-swap.camara.client-authentication", "post"));

        ScriptedServer.Request request = endpoint.request();
        assertThat(request.header("authorization")).isEmpty();
        assertThat(request.body().split("&")).contains("client_id=pims", "client_secret=" + SECRET);
    }

    /** A token that ends on its way is refused. */
    @ParameterizedTest
    @CsvSource({"300, 1", "5, 2"})
    void a_token_is_replaced_shortly_before_its_end(int seconds, int requests) throws Exception {
        Operator endpoint = granting(seconds);
        OidcAccessTokens tokens = tokens(endpoint);

        token(tokens);
        token(tokens);

        assertThat(endpoint.connections()).isEqualTo(requests);
    }

    @Test
    void an_endpoint_that_refuses_us_is_a_setting_and_one_that_fails_a_fault() throws Exception {
        Operator refusing = network.operator(
                http("401 x", "{\"error\":\"invalid_client\",\"error_description\":\"" + SECRET + "\"}"));
        Operator broken = network.operator(http("500 x", SECRET));

        assertThat(List.of(asked(refusing), asked(broken)))
                .containsExactly(
                        new SimSwap(Kind.MISCONFIGURED, "no token, invalid_client"),
                        new SimSwap(Kind.FAULT, "no token, OidcClientException"));
    }

    /** For DEBUG Quarkus' client writes headers, form and answer: its category has a level of its own. */
    @Test
    void neither_secret_nor_token_is_logged_where_everything_is() throws Exception {
        Logger client = Logger.getLogger("io.quarkus.oidc.client");
        Level before = client.getLevel();
        client.setLevel(ofTheService(client.getName()));
        try {
            for (String way : List.of("basic", "post")) {
                token(tokens(granting(300), "pims.risk.sim-swap.camara.client-authentication", way));
            }
            asked(network.operator(http("401 x", "{\"error\":\"invalid_client\",\"secret\":\"" + SECRET + "\"}")));
        } finally {
            client.setLevel(before);
        }

        assertThat(log.lines()).as("somebody was heard").isNotEmpty();
        assertThat(log.lines().stream().filter(TokenEndpointTest::isSecret)).isEmpty();
    }

    private static boolean isSecret(String line) {
        return Stream.of(SECRET, BASIC, ScriptedOperator.TOKEN).anyMatch(line::contains);
    }

    /** Null, as the logger's, if it has none of its own. */
    private static Level ofTheService(String category) throws IOException {
        Properties settings = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            settings.load(file);
        }
        String level = settings.getProperty("quarkus.log.category.\"" + category + "\".level");
        return level == null ? null : LogContext.getLogContext().getLevelForName(level);
    }

    private SimSwap asked(Operator endpoint) {
        return ScriptedOperator.ask(network.camara(endpoint.uri(), ScriptedOperator.TIMEOUT, tokens(endpoint)));
    }
}
