package io.pims.authentication.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.RoutesConfig;
import io.pims.authentication.sms.TestConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptSecretsTest {

    private static ReceiptSecrets secrets(String... settings) {
        return new ReceiptSecrets(
                TestConfig.of(ReceiptConfig.class, settings),
                TestConfig.of(RoutesConfig.class, settings),
                TestConfig.of(ReceiptRoutesConfig.class, settings));
    }

    @Test
    void without_roads_the_one_secret_counts_if_there_is_one() {
        assertThat(secrets().all()).isEmpty();
        assertThat(secrets("pims.receipt.secret", "s").all())
                .singleElement()
                .satisfies(only -> assertThat(only.secret()).isEqualTo("s"));
    }

    @Test
    void each_road_may_have_its_own_with_what_goes_with_it() {
        ReceiptSecrets secrets = secrets(
                "pims.sms.routes", "second,fourth,first,third",
                "pims.sms.routes.first.provider", "vonage",
                "pims.sms.routes.third.provider", "vonage",
                "pims.sms.routes.fourth.provider", "webhook",
                "pims.sms.routes.first.receipt.secret", "one",
                "pims.sms.routes.second.receipt.secret", "two",
                "pims.sms.routes.second.receipt.method", "md5-hash",
                "pims.sms.routes.second.receipt.window", "1h");

        assertThat(secrets.all())
                .extracting(ReceiptSecret::road, ReceiptSecret::secret, ReceiptSecret::method, ReceiptSecret::window)
                .containsExactly(
                        tuple("second", "two", SignatureMethod.MD5_HASH, Duration.ofHours(1)),
                        tuple("first", "one", SignatureMethod.HMAC_SHA256, Duration.ofMinutes(5)));
    }

    @Test
    void while_a_secret_changes_there_are_two() {
        assertThat(secrets(
                                "pims.receipt.secret",
                                "new",
                                "pims.receipt.former-secret",
                                "old",
                                "pims.receipt.window",
                                "1h")
                        .all())
                .containsExactly(
                        new ReceiptSecret("vonage", "new", SignatureMethod.HMAC_SHA256, Duration.ofHours(1)),
                        new ReceiptSecret("vonage", "old", SignatureMethod.HMAC_SHA256, Duration.ofHours(1)));
        assertThat(secrets(
                                "pims.sms.routes", "first",
                                "pims.sms.routes.first.receipt.secret", "new",
                                "pims.sms.routes.first.receipt.former-secret", "old")
                        .all())
                .extracting(ReceiptSecret::secret)
                .containsExactly("new", "old");
    }

    @Test
    void a_former_secret_alone_stops_the_start() {
        assertThatThrownBy(() -> secrets("pims.receipt.former-secret", "hidden"))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("pims.receipt.secret is missing, but former-secret is set");
    }

    @Test
    void a_secret_is_not_printed() {
        assertThat(secrets("pims.receipt.secret", "hidden").all().toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource({"secret, hidden", "former-secret, hidden", "method, md5-hash", "window, 1h"})
    void beside_roads_the_settings_of_the_only_one_stop_the_start_and_say_what_to_write(String name, String value) {
        assertThatThrownBy(() -> secrets("pims.sms.routes", "first", "pims.receipt." + name, value))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("pims.receipt." + name + " does not count beside pims.sms.routes:"
                        + " set pims.sms.routes.<name>.receipt." + name);
    }

    @ParameterizedTest
    @CsvSource({"method, md5-hash", "window, 1h"})
    void signing_of_a_road_without_a_secret_stops_the_start(String name, String value) {
        assertThatThrownBy(() -> secrets("pims.sms.routes", "first", "pims.sms.routes.first.receipt." + name, value))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("pims.sms.routes.first.receipt.secret is missing");
    }

    @Test
    void a_gateway_has_no_receipts() {
        assertThatThrownBy(() -> secrets(
                        "pims.sms.routes", "first",
                        "pims.sms.routes.first.provider", "webhook",
                        "pims.sms.routes.first.receipt.secret", "hidden"))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("pims.sms.routes.first.receipt is set, but the provider of this road is webhook");
    }

    @Test
    void a_secret_of_a_road_that_nobody_named_stops_the_start() {
        assertThatThrownBy(() -> secrets("pims.sms.routes", "first", "pims.sms.routes.frist.receipt.secret", "hidden"))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("pims.sms.routes.frist ");
    }
}
