package io.pims.authentication.sms;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.sms.vonage.VonageRoutesConfig;
import io.pims.authentication.sms.webhook.WebhookRoutesConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is misspelt below a road would be lost in silence. */
class UnknownRoadSettingTest {

    private static void start(String key, String value) {
        Map<String, String> properties = Map.of(
                "pims.sms.routes",
                "first",
                "pims.sms.routes.first.provider",
                "webhook",
                "pims.sms.routes.first.senders.FR",
                "38000",
                key,
                value);
        new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withMapping(RoutesConfig.class)
                .withMapping(VonageRoutesConfig.class)
                .withMapping(WebhookRoutesConfig.class)
                .build();
    }

    @Test
    void a_known_one_is_none() {
        assertThatCode(() -> start("pims.sms.routes.first.webhook.clients", "4"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pims.sms.routes.first.contries",
                "pims.sms.routes.first.webhook.uri",
                "pims.sms.routes.first.vonage.key",
            })
    void a_misspelt_one_stops_the_start_and_is_named(String key) {
        assertThatThrownBy(() -> start(key, "x")).hasMessageContaining(key);
    }
}
