package io.pims.authentication.browser;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service as in dev mode, but for deadlines that nobody wants to wait for. */
public class QuickProvider implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("pims.transaction.deadline", "5s", "pims.sms.vonage.read-timeout", "1s");
    }
}
