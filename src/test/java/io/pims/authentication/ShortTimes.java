package io.pims.authentication;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * For tests that wait until a transaction's deadline is over. That is before a lock has been waited for long enough, which
 * is half of the database's patience. The operator is asked about SIMs, so that they go through all that a send can.
 */
public class ShortTimes implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("pims.database.patience", "8s"),
                Map.entry("pims.transaction.deadline", "3s"),
                Map.entry("pims.transaction.lease", "3s"),
                Map.entry("pims.dispatch.attempt-timeout", "1200ms"),
                Map.entry("pims.dispatch.retry.delay", "50ms"),
                Map.entry("pims.dispatch.retry.max-delay", "200ms"),
                Map.entry("pims.dispatch.retry.jitter", "10ms"),
                Map.entry("pims.dispatch.retry.max-retries", "100"),
                Map.entry("pims.risk.sim-swap.mode", "enforce"),
                // Half of the deadline: after a question without an answer there is as much time for the SMS.
                Map.entry("pims.risk.sim-swap.timeout", "1500ms"),
                Map.entry("pims.sms.vonage.connect-timeout", "300ms"),
                Map.entry("pims.sms.vonage.read-timeout", "500ms"));
    }
}
