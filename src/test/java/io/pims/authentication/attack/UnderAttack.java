package io.pims.authentication.attack;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * With time enough that the tests hold on a busy machine: they show who waits for whom and not for how long. The limit
 * of the service leaves it to the budgets to hold an attack back.
 */
public class UnderAttack implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "pims.database.patience", "60s",
                "pims.message.answer-timeout", "2m",
                "quarkus.http.idle-timeout", "2m",
                "pims.budget.velocity.mode", "enforce",
                "pims.ratelimit.service", "100000/1m");
    }
}
