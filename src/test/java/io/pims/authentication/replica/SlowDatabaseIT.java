package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One healthy replica, far from its database. */
class SlowDatabaseIT {

    private static final int DRIVERS = 40;

    /** More is accepted than there are places in flight, and claimed before this replica hears that it is recorded. */
    @Test
    void each_SMS_goes_out_once_though_the_ends_of_commits_are_told_late() {
        try (Installation installation = new Installation(SlowDatabaseIT.class);
                SlowDatabase way = SlowDatabase.afterCommits(Installation.SERVER.start(), Duration.ofMillis(1_200))) {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "pims.transaction.in-flight", "16",
                    "pims.transaction.lease", "3s",
                    "pims.dispatch.sends-per-second", "3",
                    "pims.dispatch.poll-interval", "200ms",
                    "pims.dispatch.attempt-timeout", "1900ms",
                    "pims.sms.vonage.connect-timeout", "300ms",
                    "pims.sms.vonage.read-timeout", "1500ms"));
            settings.put("quarkus.datasource.reactive.url", installation.reactiveUrl(way.port()));
            Replica replica = installation.start(1, settings).get(0);
            List<Driver> drivers = installation.drivers(DRIVERS);

            List<Answer> answers = Replica.all(
                    drivers.stream().map(driver -> replica.ask(driver.token())).toList());
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> !installation.recorded().containsValue("PENDING"));

            assertThat(answers).allMatch(Answer::isAccepted);
            assertThat(installation.recorded()).hasSize(DRIVERS);
            assertThat(installation.recorded().values()).containsOnly("SUCCEEDED");
            assertThat(installation.smsByTransaction().values())
                    .as("SMS of each transaction")
                    .extracting(List::size)
                    .containsOnly(1);
        }
    }
}
