package io.pims.authentication.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TotalBudgetUsedUpTest.Tight.class)
class TotalBudgetUsedUpTest {

    private static final int BUDGET = 23;

    public static class Tight implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("pims.budget.total.hour", "1000", "pims.budget.total.day", Integer.toString(BUDGET));
        }
    }

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @Inject
    MeterRegistry registry;

    @BeforeEach
    void nothing_is_used() {
        database.execute("DELETE FROM rate_limit WHERE starts_with(subject, 'service/')");
    }

    private double gauge(String name) {
        return registry.get(name).tag("span", "day").gauge().value();
    }

    @Test
    void the_whole_budget_goes_out_and_not_one_more() {
        List<Response> refused = new ArrayList<>();
        int accepted = 0;
        for (int asked = 0; asked < BUDGET + 3; asked++) {
            Response answer = TestDriver.withNumber(issuer).asksForCode();
            if (answer.statusCode() == 202) {
                accepted++;
            } else {
                refused.add(answer);
            }
            if (accepted == 18) {
                assertThat(gauge("pims.budget.alert")).isZero();
            } else if (accepted == 19) {
                assertThat(gauge("pims.budget.alert")).as("at 80 percent").isEqualTo(1);
            }
        }

        assertThat(accepted).isEqualTo(BUDGET);
        assertThat(gauge("pims.budget.left")).isZero();
        assertThat(refused).hasSize(3).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.<Integer>path("error.code")).isEqualTo(2201);
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 86_400);
            assertThat(answer.header("RateLimit")).isNull();
        });
        assertThat(registry.get("pims.budget.overruns")
                        .tag("limit", "total-day")
                        .tag("mode", "enforce")
                        .counter()
                        .count())
                .isEqualTo(3);
    }
}
