package io.pims.authentication.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.TestConfig;
import io.smallrye.config.ConfigValidationException;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendTest {

    private static final String PREFIX = "pims.notice.webhook.";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Optional<Backend> backend(String... settings) {
        return Backend.of(TestConfig.of(NoticeConfig.class, settings), vertx, Clock.systemUTC());
    }

    @Test
    void without_an_address_there_is_none() {
        assertThat(backend()).isEmpty();
    }

    @Test
    void a_turn_lasts_longer_than_a_call() {
        Backend backend = backend(PREFIX + "url", "https://backend.example/x", PREFIX + "secrets", FakeBackend.SECRET)
                .orElseThrow();

        assertThat(backend.lease()).isEqualTo(Duration.ofSeconds(17));
        backend.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://backend.example/x", "ftp://backend.example", "backend.example", "https://u:p@b.example"})
    void an_address_that_others_may_listen_at_stops_the_start_and_is_not_repeated(String url) {
        assertThatThrownBy(() -> backend(PREFIX + "url", url, PREFIX + "secrets", FakeBackend.SECRET))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(PREFIX + "url")
                .hasMessageNotContaining("b.example")
                .hasMessageNotContaining("backend.example");
    }

    @Test
    void an_address_without_a_secret_and_a_secret_without_an_address_stop_the_start() {
        assertThatThrownBy(() -> backend(PREFIX + "url", "https://backend.example"))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(PREFIX + "secrets");
        assertThatThrownBy(() -> backend(PREFIX + "secrets", FakeBackend.SECRET))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(PREFIX + "url");
    }

    @Test
    void a_malformed_secret_stops_the_start_and_is_not_repeated() {
        assertThatThrownBy(() -> backend(PREFIX + "url", "https://backend.example", PREFIX + "secrets", "whsec_QUJD"))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(PREFIX + "secrets")
                .hasMessageNotContaining("QUJD");
    }

    @ParameterizedTest
    @CsvSource({
        "connections, 0", "connections, 257",
        "connect-timeout, 99ms", "connect-timeout, 61S",
        "read-timeout, 99ms", "read-timeout, 61S",
        "first-delay, 99ms", "first-delay, 61M",
        "longest-delay, 900ms", "longest-delay, 7H",
        "max-age, 59S", "max-age, 31D",
        "max-waiting, 999", "max-waiting, 100000001"
    })
    void a_setting_beyond_its_bounds_stops_the_start(String key, String value) {
        assertThatThrownBy(() -> backend(PREFIX + key, value)).isInstanceOf(ConfigValidationException.class);
    }
}
