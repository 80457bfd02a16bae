package io.pims.authentication.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.pims.authentication.Conversation;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RefusalMetricsTest {

    @Inject
    MeterRegistry registry;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    FakeVonage vonage;

    private double refusals(String limit) {
        return registry.get("pims.ratelimit.refusals")
                .tag("limit", limit)
                .counter()
                .count();
    }

    @Test
    void a_request_that_is_refused_is_counted_once_by_the_limit_that_refuses() {
        TestDriver driver = TestDriver.withNumber(issuer);
        double before = refusals("user-type-30s-resetPIN");

        driver.asksForCode().then().statusCode(202);
        assertThat(refusals("user-type-30s-resetPIN")).isEqualTo(before);
        driver.asksForCode().then().statusCode(429);

        assertThat(refusals("user-type-30s-resetPIN")).isEqualTo(before + 1);
    }

    @Test
    void an_attempt_that_is_refused_is_counted_once_by_the_limit_that_refuses() {
        Conversation driver = new Conversation(TestDriver.someone(issuer), issuer, vonage);
        double before = refusals("attempt-60s-reset");

        // Three seconds give one more attempt, which a slow machine may take for twenty.
        int status = 400;
        for (int attempt = 0; status == 400 && attempt < 60; attempt++) {
            assertThat(refusals("attempt-60s-reset")).isEqualTo(before);
            status = driver.resets("048213", "590274").statusCode();
        }

        assertThat(status).isEqualTo(429);
        assertThat(refusals("attempt-60s-reset")).isEqualTo(before + 1);
    }
}
