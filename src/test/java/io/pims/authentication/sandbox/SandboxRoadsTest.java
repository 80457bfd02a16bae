package io.pims.authentication.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigValue;
import java.net.URI;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SandboxRoadsTest {

    private static ConfigSourceContext context(Map<String, String> settings) {
        return new ConfigSourceContext() {

            @Override
            public ConfigValue getValue(String name) {
                return settings.containsKey(name)
                        ? ConfigValue.builder()
                                .withName(name)
                                .withValue(settings.get(name))
                                .build()
                        : null;
            }

            @Override
            public Iterator<String> iterateNames() {
                return settings.keySet().iterator();
            }
        };
    }

    private static Map<String, String> settings(Map<String, String> given) {
        SandboxRoads roads = new SandboxRoads(context(given));
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
                        "pims.sms.vonage.base-uri",
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
}
