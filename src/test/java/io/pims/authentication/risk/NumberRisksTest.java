package io.pims.authentication.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.configuration.WrongSetting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberRisksTest {

    private static final String SIM_SWAP = "pims.risk.sim-swap.";
    private static final String SECRET = "a-secret-that-nobody-may-read";

    @RegisterExtension
    final ScriptedOperator network = new ScriptedOperator();

    /** @param changes key, value, … below the question's own settings */
    private void make(List<String> usual, String... changes) {
        List<String> own = new ArrayList<>(usual);
        own.addAll(Arrays.asList(changes));
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < own.size(); i += 2) {
            settings.add(SIM_SWAP + own.get(i));
            settings.add(own.get(i + 1));
        }
        RiskConfig config = ScriptedOperator.config(settings.toArray(String[]::new));
        new NumberRisks(config, network.vertx(), null).make();
    }

    private static List<String> camara() {
        return List.of(
                "mode", "enforce",
                "provider", "camara",
                "camara.url", "https://operator.example/sim-swap/v2/check",
                "camara.token-url", "https://operator.example/token",
                "camara.client-id", "pims",
                "camara.client-secret", SECRET);
    }

    private static List<String> vonage() {
        return List.of(
                "mode", "record",
                "provider", "vonage",
                "vonage.application-id", "78d335fa-323d-0114-9c3d-d6f0d48968cf",
                "vonage.private-key", "-----BEGIN PRIVATE KEY-----\n" + SECRET);
    }

    @Test
    void by_default_there_is_nobody_to_ask_and_nothing_to_set() {
        RiskConfig config = ScriptedOperator.config();

        assertThat(new NumberRisks(config, null, null).make()).isEmpty();
        assertThat(config.simSwap().mode()).isEqualTo(RiskMode.OFF);
        assertThat(config.onNoAnswer()).isEqualTo(OnNoAnswer.SEND);
    }

    @ParameterizedTest
    @CsvSource({
        "provider, '', provider is missing: camara or vonage",
        "max-age, 90m, max-age is not in whole hours",
        "camara.url, '', camara.url is missing",
        "camara.url, http://operator.example/check, camara.url must be https",
        "camara.url, 'https://user:a-secret-that-nobody-may-read@operator.example/', camara.url must be https",
        "camara.url, operator.example, camara.url must be https",
        "camara.token-url, '', camara.token-url is missing",
        "camara.token-url, http://operator.example/token, camara.token-url must be https",
        "camara.client-id, '', camara.client-id is missing",
        "camara.client-secret, '', camara.client-secret is missing",
    })
    void a_wrong_setting_of_an_operator_stops_the_start(String key, String value, String message) {
        assertThatThrownBy(() -> make(camara(), key, value))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith(SIM_SWAP + message)
                .message()
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "vonage.application-id, '', vonage.application-id is missing",
        "vonage.application-id, x, vonage.application-id is not the id of an application",
        "vonage.private-key, '', vonage.private-key is missing",
        "vonage.private-key, /no/such/file, vonage.private-key is neither a key in PEM nor a file",
        "mode, enforce, vonage.private-key is no private RSA key in PEM",
    })
    void a_wrong_setting_of_an_application_stops_the_start(String key, String value, String message) {
        assertThatThrownBy(() -> make(vonage(), key, value))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith(SIM_SWAP + message)
                .message()
                .doesNotContain(SECRET);
    }

    /** Who switches it off in a hurry need not tidy up. */
    @ParameterizedTest
    @ValueSource(strings = {"camara.url", "camara.client-secret", "provider"})
    void what_is_off_is_not_looked_at(String key) {
        make(camara(), "mode", "off", key, "");
    }

    @ParameterizedTest
    @CsvSource({
        "mode, on",
        "max-age, 59m",
        "max-age, 2401h",
        "provider, twilio",
        "timeout, 99ms",
        "timeout, 31s",
        "clients, 0",
        "clients, 257",
        "breaker.request-volume, 1",
        "breaker.failure-ratio, 0",
        "breaker.delay, 2m",
        "camara.client-authentication, jwt",
        "camara.scopes, 'a\"b'",
        "vonage.purpose, fraud prevention",
    })
    void a_setting_out_of_its_bounds_stops_the_start(String key, String value) {
        assertThatThrownBy(() -> make(camara(), key, value)).hasMessageContaining(key);
    }
}
