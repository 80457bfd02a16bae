package io.pims.authentication.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.sandbox.SandboxRoads.SandboxRoad;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SandboxRoadsTest {

    private static SandboxRoads roads(Map<String, String> given) {
        return new SandboxRoads(name -> Optional.ofNullable(given.get(name)));
    }

    private static Map<String, String> settings(Map<String, String> given) {
        SandboxRoads roads = roads(given);
        Map<String, String> settings = new TreeMap<>();
        roads.accounts().forEach((name, value) -> settings.put(name, value.get()));
        roads.addresses(api -> URI.create("http://" + api.word()))
                .forEach((name, value) -> settings.put(name, value.get()));
        return settings;
    }

    @Test
    void without_roads_the_only_one_has_an_account_and_an_address() {
        assertThat(settings(Map.of()))
                .isEqualTo(Map.of(
                        "pims.sms.vonage.api-key", FakeVonage.API_KEY,
                        "pims.sms.vonage.api-secret", FakeVonage.API_SECRET,
                        "pims.receipt.secret", FakeVonage.SIGNATURE_SECRET,
                        "pims.sms.vonage.base-uri", "http://sms"));
    }

    @Test
    void by_the_Messages_API_it_has_an_application_too() {
        assertThat(settings(Map.of("pims.sms.vonage.api", "messages")))
                .containsEntry("pims.sms.vonage.application-id", SandboxApplication.ID)
                .containsEntry("pims.sms.vonage.private-key", SandboxApplication.privateKey())
                .containsEntry("pims.sms.vonage.base-uri", "http://messages");
    }

    @Test
    void each_road_has_what_its_provider_needs_and_the_only_one_nothing() {
        assertThat(settings(Map.of(
                        "pims.sms.routes", "one, two ,three",
                        "pims.sms.routes.one.provider", "vonage",
                        "pims.sms.routes.two.provider", "vonage",
                        "pims.sms.routes.two.vonage.api", "messages",
                        "pims.sms.routes.three.provider", "webhook")))
                .containsOnlyKeys(
                        "pims.sms.routes.one.vonage.api-key",
                        "pims.sms.routes.one.vonage.api-secret",
                        "pims.sms.routes.one.vonage.base-uri",
                        "pims.sms.routes.one.receipt.secret",
                        "pims.sms.routes.two.vonage.api-key",
                        "pims.sms.routes.two.vonage.api-secret",
                        "pims.sms.routes.two.vonage.application-id",
                        "pims.sms.routes.two.vonage.private-key",
                        "pims.sms.routes.two.vonage.base-uri",
                        "pims.sms.routes.two.receipt.secret",
                        "pims.sms.routes.three.webhook.url",
                        "pims.sms.routes.three.webhook.secrets")
                .containsEntry("pims.sms.routes.one.vonage.base-uri", "http://sms")
                .containsEntry("pims.sms.routes.two.vonage.base-uri", "http://messages")
                .containsEntry("pims.sms.routes.three.webhook.url", "http://webhook/webhook/sms");
    }

    @Test
    void a_road_that_is_named_after_an_API_goes_by_it_and_needs_no_other_setting() {
        assertThat(settings(Map.of("pims.sms.routes", "sms,messages,webhook")))
                .containsEntry("pims.sms.routes.sms.provider", "vonage")
                .containsEntry("pims.sms.routes.sms.vonage.api", "sms")
                .containsEntry("pims.sms.routes.sms.vonage.base-uri", "http://sms")
                .containsEntry("pims.sms.routes.messages.provider", "vonage")
                .containsEntry("pims.sms.routes.messages.vonage.api", "messages")
                .containsEntry("pims.sms.routes.messages.vonage.application-id", SandboxApplication.ID)
                .containsEntry("pims.sms.routes.messages.vonage.base-uri", "http://messages")
                .containsEntry("pims.sms.routes.webhook.provider", "webhook")
                .containsEntry("pims.sms.routes.webhook.webhook.url", "http://webhook/webhook/sms")
                .doesNotContainKey("pims.sms.routes.webhook.vonage.api");
    }

    @Test
    void a_provider_that_is_set_counts_more_than_the_name() {
        assertThat(settings(Map.of("pims.sms.routes", "messages", "pims.sms.routes.messages.provider", "webhook")))
                .containsOnlyKeys("pims.sms.routes.messages.webhook.url", "pims.sms.routes.messages.webhook.secrets");
    }

    @Test
    void the_roads_are_told_in_their_order_as_before_and_after_the_sandbox_has_set_what_they_need() {
        Map<String, String> given = new TreeMap<>(Map.of("pims.sms.routes", "webhook,sms"));
        List<SandboxRoad> inOrder =
                List.of(new SandboxRoad("webhook", ProviderApi.WEBHOOK), new SandboxRoad("sms", ProviderApi.SMS));

        assertThat(roads(given).inOrder()).isEqualTo(inOrder);
        given.putAll(settings(given));
        assertThat(roads(given).inOrder()).isEqualTo(inOrder);
        assertThat(roads(Map.of("pims.sms.vonage.api", "messages")).inOrder())
                .containsExactly(new SandboxRoad("vonage", ProviderApi.MESSAGES));
    }
}
