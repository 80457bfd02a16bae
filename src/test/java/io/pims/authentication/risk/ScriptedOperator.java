package io.pims.authentication.risk;

import io.pims.authentication.ScriptedServer;
import io.pims.authentication.sms.TestConfig;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Both ends of the line to an operator, and closes them after each test. */
final class ScriptedOperator implements AfterEachCallback {

    static final PhoneNumber NUMBER = new PhoneNumber("+33612345678");
    static final UUID TRANSACTION = UUID.fromString("019ad0a1-7c00-7000-8000-000000000001");
    static final String TOKEN = "a-token-that-nobody-may-log";
    static final Duration TIMEOUT = Duration.ofMillis(500);

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();
    final AtomicInteger refusedTokens = new AtomicInteger();

    /** An operator that says the same to every question. */
    static final class Operator extends ScriptedServer {

        private Operator(Answer answer) throws IOException {
            super(() -> answer);
        }

        static Answer drip(String head) {
            return drip(head, Duration.ofMillis(20));
        }
    }

    Operator operator(ScriptedServer.Answer answer) throws IOException {
        return closedAtTheEnd(new Operator(answer));
    }

    NumberRisk camara(URI url) {
        return camara(url, TIMEOUT, tokens(Uni.createFrom().item(TOKEN)));
    }

    NumberRisk camara(URI url, Duration timeout, AccessTokens tokens) {
        JsonPost post = new JsonPost(URI.create(url + "/sim-swap/v2/check"), 2, timeout, vertx);
        return closedAtTheEnd(new CamaraSimSwap(post, tokens, Duration.ofHours(72), () -> {}));
    }

    AccessTokens tokens(Uni<String> token) {
        return new AccessTokens() {

            @Override
            public Uni<String> token() {
                return token;
            }

            @Override
            public void refused() {
                refusedTokens.incrementAndGet();
            }
        };
    }

    NumberRisk vonage(URI url) {
        JsonPost post = new JsonPost(URI.create(url + VonageIdentityInsights.PATH), 2, TIMEOUT, vertx);
        return closedAtTheEnd(new VonageIdentityInsights(post, () -> TOKEN, "FraudPrevention", Duration.ofHours(72)));
    }

    static SimSwap ask(NumberRisk risk) {
        return risk.simSwap(NUMBER, TRANSACTION).await().atMost(Duration.ofSeconds(30));
    }

    SimSwap askCamara(ScriptedServer.Answer answer) throws IOException {
        return ask(camara(operator(answer).uri()));
    }

    SimSwap askVonage(ScriptedServer.Answer answer) throws IOException {
        return ask(vonage(operator(answer).uri()));
    }

    static RiskConfig config(String... changes) {
        return TestConfig.of(RiskConfig.class, changes);
    }

    Vertx vertx() {
        return vertx;
    }

    <T extends AutoCloseable> T closedAtTheEnd(T resource) {
        open.add(resource);
        return resource;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
