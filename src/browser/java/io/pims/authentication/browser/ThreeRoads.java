package io.pims.authentication.browser;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** As in dev mode with three roads, by the one setting that this takes. Dev mode asks about SIMs, too. */
public class ThreeRoads implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("pims.sms.routes", "sms,messages,webhook", "pims.risk.sim-swap.mode", "enforce");
    }
}
