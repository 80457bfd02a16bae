package io.pims.authentication.securityevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.Database;
import io.pims.authentication.message.RequestIds;
import io.pims.authentication.sms.TestConfig;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EventRetentionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** So many events, a millisecond apart, the last of them as old as said. */
    private static final String HAPPENED = """
            INSERT INTO security_event (id, user_id, what, transaction_id)
            SELECT CAST(lpad(to_hex(CAST($2 AS bigint) - n), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0') AS uuid),
                $1, 'pincode.reset', gen_random_uuid()
            FROM generate_series(1, CAST($3 AS bigint)) AS n
            """;

    @Inject
    EventRetention retention;

    @Inject
    Database database;

    private final String user = "driver-" + UUID.randomUUID();

    private void happened(Duration age, long events) {
        database.execute(HAPPENED, user, Instant.now().minus(age).toEpochMilli(), events);
    }

    private long kept() {
        return database.count("SELECT count(*) FROM security_event WHERE user_id = $1", user);
    }

    @Test
    void what_is_older_than_the_retention_goes_and_nothing_else() {
        happened(Duration.ofDays(401), 2_500);
        happened(Duration.ofDays(399), 3);

        retention.deleteOldEvents().await().atMost(PATIENCE);

        assertThat(kept()).isEqualTo(3);
    }

    @Test
    void where_there_is_nothing_old_nothing_goes() {
        happened(Duration.ofDays(1), 3);

        retention.deleteOldEvents().await().atMost(PATIENCE);

        assertThat(kept()).isEqualTo(3);
    }

    @Test
    void the_cutoff_is_smaller_than_every_id_of_its_millisecond_and_larger_than_those_before() {
        UUID made = new RequestIds().generate();
        Instant at = Instant.ofEpochMilli(made.getMostSignificantBits() >>> 16);

        assertThat(RequestIds.smallest(at).toString()).isLessThanOrEqualTo(made.toString());
        assertThat(RequestIds.smallest(at.plusMillis(1)).toString()).isGreaterThan(made.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0d", "23h", "3651d", "-1d"})
    void a_retention_out_of_bounds_stops_the_start(String retention) {
        assertThatThrownBy(() -> TestConfig.of(SecurityEventConfig.class, "pims.securityevent.retention", retention))
                .hasMessageContaining("pims.securityevent.retention");
    }
}
