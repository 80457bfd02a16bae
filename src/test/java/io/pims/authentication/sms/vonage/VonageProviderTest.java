package io.pims.authentication.sms.vonage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.RoutesConfig;
import io.pims.authentication.sms.TestConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VonageProviderTest {

    /** @param changes key, value, … over two roads, one by each provider */
    private static VonageProvider provider(String... changes) {
        List<String> settings = new ArrayList<>(List.of(
                "pims.sms.routes", "first,gateway",
                "pims.sms.routes.first.provider", "vonage",
                "pims.sms.routes.first.vonage.api-key", "k",
                "pims.sms.routes.first.vonage.api-secret", "s",
                "pims.sms.routes.gateway.provider", "webhook"));
        settings.addAll(List.of(changes));
        String[] all = settings.toArray(String[]::new);
        return new VonageProvider(
                TestConfig.of(VonageConfig.class, all),
                TestConfig.of(RoutesConfig.class, all),
                TestConfig.of(VonageRoutesConfig.class, all));
    }

    @Test
    void a_road_has_the_account_that_is_its_own() throws Exception {
        VonageProvider provider = provider();

        assertThat(provider.sender("first").configured()).isTrue();
        provider.close();
    }

    @ParameterizedTest
    @CsvSource({
        "api-key, k",
        "api-secret, s",
        "application-id, a",
        "private-key, p",
        "api, messages",
        "base-uri, https://api-eu.vonage.com",
        "clients, 4",
        "connect-timeout, 500ms",
        "read-timeout, 3s"
    })
    void beside_roads_a_setting_of_the_only_one_stops_the_start_and_says_what_to_write(String name, String value) {
        assertThatThrownBy(() -> provider("pims.sms.vonage." + name, value))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("pims.sms.vonage." + name + " does not count beside pims.sms.routes:"
                        + " set pims.sms.routes.<name>.vonage." + name);
    }

    @ParameterizedTest
    @CsvSource({"api, sms", "base-uri, ''", "clients, 8", "connect-timeout, 2s", "read-timeout, 4000ms"})
    void a_default_that_is_written_does_not(String name, String value) {
        assertThatCode(() -> provider("pims.sms.vonage." + name, value)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"api-key, k", "api, sms", "clients, 4"})
    void an_account_of_a_gateway_stops_the_start(String name, String value) {
        assertThatThrownBy(() -> provider("pims.sms.routes.gateway.vonage." + name, value))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("pims.sms.routes.gateway.vonage is set, but the provider of this road is webhook");
    }
}
