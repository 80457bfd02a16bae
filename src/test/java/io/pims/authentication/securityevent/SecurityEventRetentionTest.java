package io.pims.authentication.securityevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.Database;
import io.pims.authentication.sms.TestConfig;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SecurityEventRetentionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** So many events that happened so long ago, with ids by a clock that was so far off. */
    private static final String HAPPENED = """
            INSERT INTO security_event (id, user_id, what, transaction_id, at)
            SELECT CAST(lpad(to_hex(CAST(extract(epoch FROM at + CAST($2::text AS interval)) * 1000 AS bigint)), 12, '0')
                    || '70008000' || substr(md5($1 || random()), 1, 12) AS uuid),
                $1, 'pincode.reset', gen_random_uuid(), at
            FROM generate_series(1, CAST($4 AS bigint)) AS n, (SELECT now() - CAST($3::text AS interval) AS at) AS past
            """;

    @Inject
    SecurityEventRetention retention;

    @Inject
    Database database;

    private final String user = "driver-" + UUID.randomUUID();

    private void happened(String clockOff, String age, long events) {
        database.execute(HAPPENED, user, clockOff, age, events);
    }

    private long kept() {
        return database.count("SELECT count(*) FROM security_event WHERE user_id = $1", user);
    }

    @Test
    void what_is_older_than_the_retention_goes_and_nothing_else() {
        happened("0 days", "401 days", 2_500);
        happened("0 days", "399 days", 3);

        retention.deleteOldEvents().await().atMost(PATIENCE);

        assertThat(kept()).isEqualTo(3);
    }

    @Test
    void where_there_is_nothing_old_nothing_goes() {
        happened("0 days", "1 day", 3);

        retention.deleteOldEvents().await().atMost(PATIENCE);

        assertThat(kept()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-400 days", "-20 years", "400 days"})
    void an_id_by_a_clock_that_is_off_takes_nothing_before_its_time_and_keeps_nothing_beyond_it(String clockOff) {
        happened(clockOff, "1 hour", 1_500);
        happened(clockOff, "401 days", 1_500);

        retention.deleteOldEvents().await().atMost(PATIENCE);

        assertThat(kept()).as("those of an hour ago").isEqualTo(1_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0d", "23h", "3651d", "-1d"})
    void a_retention_out_of_bounds_stops_the_start(String retention) {
        assertThatThrownBy(() -> TestConfig.of(SecurityEventConfig.class, "pims.securityevent.retention", retention))
                .hasMessageContaining("pims.securityevent.retention");
    }
}
