package io.pims.authentication.smscode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.ShortTimes;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.ReceivedMessage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error codes that a transaction ends with, by their real causes at the provider's end. */
@QuarkusTest
@TestProfile(ShortTimes.class)
class ErrorCodesTest {

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    CircuitBreakerMaintenance breakers;

    @BeforeEach
    void provider_is_as_it_should_be() {
        vonage.reset();
        breakers.resetAll();
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSE,          2204, Server Error",
        "ERROR,           2204, Server Error",
        "GARBAGE,         2204, Server Error",
        "HALF,            2204, Server Error",
        "BAD_CREDENTIALS, 2006, Core not well configured",
        "THROTTLE,        2201, Timeout/Polling Timeout/Command Timeout",
        "HANG,            2201, Timeout/Polling Timeout/Command Timeout",
        "SLOW,            2201, Timeout/Polling Timeout/Command Timeout",
        "UNREACHABLE,     2202, Network problem : No internet"
    })
    void what_the_provider_does_is_told_by_the_seeds_code(Behaviour behaviour, int code, String label) {
        TestDriver driver = TestDriver.withNumber(issuer);
        vonage.behave(ProviderSettings.of(behaviour));

        Response answer = driver.asksForCodeAndWaits(15);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString())
                .isEqualTo("{\"transactionId\":\"" + answer.path("transactionId")
                        + "\",\"status\":\"FAILED\",\"error\":{\"code\":" + code + ",\"label\":\"" + label + "\"}}");
    }

    @ParameterizedTest
    @CsvSource({"1, 2201", "3, 2006", "4, 2006", "6, 2204", "7, 2204", "9, 2006", "10, 2201", "22, 2204", "29, 2006"})
    void each_status_of_the_provider_has_its_code(int status, int code) {
        TestDriver driver = TestDriver.withNumber(issuer, "+336129990%02d".formatted(status));

        Response answer = driver.asksForCodeAndWaits(15);

        assertThat(answer.<Integer>path("error.code")).isEqualTo(code);
    }

    @Test
    void a_passing_fault_costs_a_repeat_with_the_same_code_and_reference() {
        TestDriver driver = TestDriver.withNumber(issuer);
        vonage.behave(ProviderSettings.of(Behaviour.SLOW));
        String location = driver.asksForCode().header("Location");
        await().until(() -> !vonage.messagesTo(driver.number()).isEmpty());

        vonage.behave(ProviderSettings.NORMAL);
        Response answer = driver.request().header("Prefer", "wait=15").get(location);

        assertThat(answer.<String>path("status")).isEqualTo("SUCCEEDED");
        assertThat(vonage.messagesTo(driver.number())).hasSizeGreaterThan(1);
        assertThat(vonage.messagesTo(driver.number()).stream()
                        .map(ReceivedMessage::text)
                        .distinct())
                .hasSize(1);
        assertThat(vonage.messagesTo(driver.number()).stream()
                        .map(ReceivedMessage::clientRef)
                        .distinct())
                .hasSize(1);
    }
}
