package io.pims.authentication.sms.webhook;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.RoutesConfig;
import io.pims.authentication.sms.TestConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookProviderTest {

    @ParameterizedTest
    @CsvSource({"url, https://sms.pims.example", "secrets, hidden", "clients, 4"})
    void a_gateway_of_a_road_by_Vonage_stops_the_start(String name, String value) {
        String[] settings = {
            "pims.sms.routes",
            "first",
            "pims.sms.routes.first.provider",
            "vonage",
            "pims.sms.routes.first.webhook." + name,
            value
        };

        assertThatThrownBy(() -> new WebhookProvider(
                        TestConfig.of(RoutesConfig.class, settings),
                        TestConfig.of(WebhookRoutesConfig.class, settings),
                        null,
                        null))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("pims.sms.routes.first.webhook is set, but the provider of this road is vonage");
    }
}
