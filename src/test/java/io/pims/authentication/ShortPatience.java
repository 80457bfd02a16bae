package io.pims.authentication;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** For tests that wait until a database that says nothing, or a pool that gives nothing, is given up. */
public class ShortPatience implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "pims.database.patience", "6s",
                "pims.database.idle-in-transaction", "2s",
                "pims.readiness.pool-patience", "20s");
    }
}
