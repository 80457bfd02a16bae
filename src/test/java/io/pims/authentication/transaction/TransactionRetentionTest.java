package io.pims.authentication.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database's clock decides what is old, whatever a replica's clock made of the ids. */
@QuarkusTest
class TransactionRetentionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** So many transactions that were finished so long ago, with ids by a clock that was so far off. */
    private static final String FINISHED = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand,
                idempotency_key, status, created_at, deadline, finished_at, attempts, lease, lease_until)
            SELECT CAST(lpad(to_hex(CAST(extract(epoch FROM at + CAST($2::text AS interval)) * 1000 AS bigint)), 12, '0')
                    || '7000' || '8000' || substr(md5($1 || n), 1, 12) AS uuid),
                $1, 'resetPIN', '', 'gone', '', 'en', '', gen_random_uuid()::text, 'SUCCEEDED', at, at, at, 1, 1, at
            FROM generate_series(1, CAST($4 AS bigint)) AS n, (SELECT now() - CAST($3::text AS interval) AS at) AS past
            """;

    private static final String PENDING = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand, status,
                created_at, deadline, attempts, lease, lease_until)
            VALUES (gen_random_uuid(), $1, 'resetPIN', '', 'gone', '', 'en', '', 'PENDING', now() - interval '400 days',
                now() + interval '1 hour', 0, 1, now() + interval '1 hour')
            """;

    @Inject
    TransactionRetention retention;

    @Inject
    Database database;

    private final String user = "driver-" + UUID.randomUUID();

    private void finished(String clockOff, String age, long transactions) {
        database.execute(FINISHED, user, clockOff, age, transactions);
    }

    private long kept() {
        return database.count("SELECT count(*) FROM sms_transaction WHERE user_id = $1", user);
    }

    private void run() {
        retention.deleteOldTransactions().await().atMost(PATIENCE);
    }

    @Test
    void what_has_been_final_for_longer_than_the_retention_goes_and_nothing_else() {
        finished("0 days", "31 days", 2_500);
        finished("0 days", "29 days", 3);

        run();

        assertThat(kept()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-31 days", "-400 days", "-20 years", "400 days"})
    void an_id_by_a_clock_that_is_off_takes_nothing_before_its_time(String clockOff) {
        finished(clockOff, "1 hour", 1_500);

        run();

        assertThat(kept()).isEqualTo(1_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-400 days", "400 days"})
    void an_id_by_a_clock_that_is_off_keeps_nothing_beyond_its_time(String clockOff) {
        finished("-20 years", "1 hour", 1_500);
        finished(clockOff, "31 days", 1_500);

        run();

        assertThat(kept()).as("those of an hour ago").isEqualTo(1_500);
    }

    @Test
    void a_PENDING_one_stays_however_old() {
        database.execute(PENDING, user);

        run();

        assertThat(kept()).isEqualTo(1);
        database.execute("DELETE FROM sms_transaction WHERE user_id = $1", user);
    }
}
