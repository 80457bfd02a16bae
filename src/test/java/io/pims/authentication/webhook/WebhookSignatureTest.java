package io.pims.authentication.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.configuration.WrongSetting;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {

    /** Of the specification's reference libraries. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String OTHER_SECRET = "whsec_" + "QUJD".repeat(16);
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330, 999_000_000);

    /** The vector of the reference libraries' own tests (standard-webhooks/standard-webhooks, libraries). */
    @Test
    void a_signature_is_that_of_the_reference_libraries() {
        WebhookSignature signature = new WebhookSignature("secrets", List.of(SECRET));

        assertThat(signature.of(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1_614_265_330), "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void there_is_a_signature_by_each_secret_in_their_order() {
        WebhookSignature one = new WebhookSignature("secrets", List.of(SECRET));
        WebhookSignature other = new WebhookSignature("secrets", List.of(OTHER_SECRET));
        WebhookSignature both = new WebhookSignature("secrets", List.of(SECRET, OTHER_SECRET));

        assertThat(both.of("id", NOW, "é")).isEqualTo(one.of("id", NOW, "é") + " " + other.of("id", NOW, "é"));
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void a_secret_has_24_to_64_bytes(int bytes) {
        new WebhookSignature("secrets", List.of(secret(bytes)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 65, 100})
    void a_secret_of_another_length_stops_the_start(int bytes) {
        assertThatThrownBy(() -> new WebhookSignature("pims.x.secrets", List.of(SECRET, secret(bytes))))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("pims.x.secrets has a secret that is not whsec_ and the Base64 of 24 to 64 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa!w",
                "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8G KYqrTwjUPD8ILPZIo2LaLaSw",
            })
    void a_malformed_secret_stops_the_start_and_is_not_told(String secret) {
        assertThatThrownBy(() -> new WebhookSignature("pims.x.secrets", List.of(secret)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("pims.x.secrets ")
                .message()
                .doesNotContain("MfKQ");
    }

    private static String secret(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
