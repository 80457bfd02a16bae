package io.pims.authentication.sms.webhook;

import io.pims.authentication.ScriptedServer;
import io.pims.authentication.sms.RoutesConfig;
import io.pims.authentication.sms.SendPermit;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsSender;
import io.pims.authentication.sms.TestConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Both ends of the line to a gateway, and closes them after each test. */
final class TestGateway implements AfterEachCallback {

    /** Of the specification's reference libraries. */
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    static final String OTHER_SECRET = "whsec_" + "QUJD".repeat(16);

    static final Instant NOW = Instant.ofEpochSecond(1_614_265_330, 999_000_000);
    static final String TEXT = "Peugeot: 123456 é\n@peugeot.com #123456";
    static final Sms SMS =
            new Sms("+33612345678", "Peugeot", TEXT, "tx-1", Duration.ofMinutes(10), "fr", "peugeot", "FR");
    static final SendPermit PERMIT = longest -> true;

    private static final String SETTINGS = "pims.sms.routes.gateway.webhook.";

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();

    /** A gateway that says the same to every request. */
    static final class ScriptedGateway extends ScriptedServer {

        private ScriptedGateway(Answer answer) throws IOException {
            super(() -> answer);
        }

        static Answer drip(String head) {
            return drip(head, Duration.ofMillis(20));
        }
    }

    ScriptedGateway gateway(ScriptedServer.Answer answer) throws IOException {
        return closedAtTheEnd(new ScriptedGateway(answer));
    }

    /** @param changes key, value, … below the road's own settings, over short timeouts */
    SmsSender sender(URI url, int clients, String... changes) {
        return sender(url, clients, Clock.fixed(NOW, ZoneOffset.UTC), changes);
    }

    /** As the others, but of another time. */
    SmsSender sender(URI url, Clock clock, String... changes) {
        return sender(url, 1, clock, changes);
    }

    private SmsSender sender(URI url, int clients, Clock clock, String... changes) {
        List<String> settings = new ArrayList<>(List.of("pims.sms.routes", "gateway"));
        List<String> own = new ArrayList<>(List.of(
                "url",
                url.toString() + "/sms?via=pims",
                "secrets",
                SECRET,
                "clients",
                "" + clients,
                "connect-timeout",
                "0.5S",
                "read-timeout",
                "0.5S"));
        own.addAll(Arrays.asList(changes));
        for (int i = 0; i < own.size(); i += 2) {
            settings.add(SETTINGS + own.get(i));
            settings.add(own.get(i + 1));
        }
        String[] all = settings.toArray(String[]::new);
        WebhookProvider provider = new WebhookProvider(
                TestConfig.of(RoutesConfig.class, all), TestConfig.of(WebhookRoutesConfig.class, all), vertx, clock);
        open.add(provider::close);
        return provider.sender("gateway");
    }

    SmsOutcome send(ScriptedServer.Answer answer) throws IOException {
        return send(gateway(answer).uri());
    }

    SmsOutcome send(URI url) {
        return send(sender(url, 1));
    }

    static SmsOutcome send(SmsSender sender) {
        return sender.send(SMS, PERMIT).await().atMost(Duration.ofSeconds(30));
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
