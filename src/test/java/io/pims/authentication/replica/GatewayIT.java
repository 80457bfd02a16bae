package io.pims.authentication.replica;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ProviderApi;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.ReceivedMessage;
import io.pims.authentication.sandbox.UsedSecrets;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two replicas with a gateway between two accounts at Vonage. It is the second road to French numbers, and the first one
 * to all others. What is not signed right, or has another id than its SMS, it refuses.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayIT {

    private static final int DRIVERS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private Installation installation;
    private FakeVonage provider;
    private List<Replica> replicas;
    private int belgians;

    @BeforeAll
    void start() {
        installation = new Installation(GatewayIT.class);
        provider = installation.vonage();
        Map<String, String> settings = new HashMap<>(Replicas.UNLIMITED);
        settings.putAll(Installation.WITHOUT_ONLY_ROAD);
        settings.putAll(vonage("first", ProviderApi.SMS, "of another account"));
        settings.putAll(vonage("last", ProviderApi.MESSAGES, FakeVonage.SIGNATURE_SECRET));
        settings.putAll(Map.of(
                "pims.sms.routes", "first,gateway,last",
                "pims.sms.routes.first.countries", "FR",
                "pims.sms.routes.last.vonage.api", "messages",
                "pims.sms.routes.gateway.provider", "webhook",
                "pims.sms.routes.gateway.webhook.url", provider.baseUri(ProviderApi.WEBHOOK) + "/webhook/sms",
                "pims.sms.routes.gateway.webhook.secrets", FakeVonage.WEBHOOK_SECRET,
                "pims.sms.routes.gateway.webhook.connect-timeout", "500ms",
                "pims.sms.routes.gateway.webhook.read-timeout", "1s"));
        replicas = installation.start(2, settings);
        provider.tellReceipts(URI.create(replicas.get(0).address() + "/v1/authentication/receipt"));
    }

    private Map<String, String> vonage(String name, ProviderApi api, String signatureSecret) {
        Map<String, String> road = new HashMap<>(Installation.vonageRoad(name, provider.baseUri(api)));
        road.put("pims.sms.routes." + name + ".receipt.secret", signatureSecret);
        return road;
    }

    @AfterAll
    void stop() {
        installation.close();
    }

    /** The next test begins with closed breakers. */
    @AfterEach
    void heal() {
        provider.reset();
        replicas.forEach(replica -> {
            await().atMost(PATIENCE).until(() -> goesBy(ProviderApi.SMS, replica, installation.driver()));
            await().atMost(PATIENCE).until(() -> goesBy(ProviderApi.WEBHOOK, replica, belgian()));
        });
        installation.execute("TRUNCATE sms_transaction");
        provider.clear();
    }

    @Test
    void while_the_first_road_is_down_the_gateway_gets_each_SMS_once() {
        provider.behave(ProviderApi.SMS, ProviderSettings.of(Behaviour.UNREACHABLE));

        List<UUID> asked = ask(installation::driver);

        awaitAllSucceeded(asked);
        assertThat(provider.messages())
                .extracting(ReceivedMessage::api)
                .as("a signature that is not right would have sent it on")
                .containsOnly(ProviderApi.WEBHOOK);
        assertThat(provider.messages())
                .extracting(message -> UUID.fromString(message.clientRef()))
                .containsExactlyInAnyOrderElementsOf(asked);
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLE", "HANG"})
    void what_a_gateway_that_comes_first_does_not_take_goes_by_the_next_road_of_the_country(Behaviour behaviour) {
        double delivered = delivered("last");
        provider.behave(ProviderApi.WEBHOOK, ProviderSettings.of(behaviour));

        List<UUID> asked = ask(this::belgian);

        awaitAllSucceeded(asked);
        assertThat(provider.messages()).extracting(ReceivedMessage::api).containsOnly(ProviderApi.MESSAGES);
        assertThat(provider.messages())
                .extracting(message -> UUID.fromString(message.clientRef()))
                .containsExactlyInAnyOrderElementsOf(asked);
        assertThat(Attempt.byTransaction(installation).values()).allSatisfy(attempts -> {
            assertThat(attempts.get(attempts.size() - 1)).isEqualTo(new Attempt("last", "ACCEPTED"));
            assertThat(attempts.subList(0, attempts.size() - 1))
                    .hasSizeLessThanOrEqualTo(3)
                    .allMatch(each -> each.road().equals("gateway"));
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(delivered("last") - delivered)
                        .as("receipts by the road that they are of")
                        .isEqualTo(DRIVERS));
        assertThat(delivered("first")).isZero();
    }

    private List<UUID> ask(Supplier<Driver> drivers) {
        return Replica.askInTurn(
                        replicas, Stream.generate(drivers).limit(DRIVERS).toList())
                .stream()
                .map(Answer::id)
                .toList();
    }

    private void awaitAllSucceeded(List<UUID> asked) {
        await().atMost(PATIENCE).until(() -> !installation.recorded().containsValue("PENDING"));
        assertThat(installation.recorded()).isEqualTo(asked.stream().collect(toMap(id -> id, id -> "SUCCEEDED")));
    }

    private double delivered(String road) {
        String series = "pims_sms_deliveries_total{country=\"BE\",road=\"" + road + "\",status=\"delivered\"}";
        return replicas.get(0).metrics().stream()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    private boolean goesBy(ProviderApi api, Replica replica, Driver driver) {
        replica.ask(driver.token(), "Prefer", "wait=10").join();
        return provider.messagesTo(driver.number()).stream().anyMatch(message -> message.api() == api);
    }

    private Driver belgian() {
        int next = belgians++;
        String user = "belgian-" + next;
        Driver driver = new Driver(
                user, "+32470%06d".formatted(next), installation.issuer().token(user));
        UsedSecrets.note(driver.number());
        try (Connection connection = installation.connect()) {
            installation.certify(connection, List.of(driver));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return driver;
    }
}
