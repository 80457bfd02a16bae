package io.pims.authentication.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdleSubjectRetentionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String CHARGED = """
            INSERT INTO rate_limit (subject, idle_at)
            SELECT $1 || n, now() + CAST($2::text AS interval) FROM generate_series(1, CAST($3 AS bigint)) AS n
            """;

    @Inject
    IdleSubjectRetention retention;

    @Inject
    Database database;

    @Inject
    Pool pool;

    private final String subject = "user/driver-" + UUID.randomUUID() + "-";

    private void charged(String idleIn, long subjects) {
        database.execute(CHARGED, subject + idleIn.replace(' ', '-') + "-", idleIn, subjects);
    }

    private long kept() {
        return database.count("SELECT count(*) FROM rate_limit WHERE starts_with(subject, $1)", subject);
    }

    @Test
    void subjects_whose_limits_are_fresh_again_go_and_the_others_stay() {
        charged("-1 second", 2_500);
        charged("1 hour", 1_200);

        retention.delete().await().atMost(PATIENCE);

        assertThat(kept()).isEqualTo(1_200);
    }

    @Test
    void the_slices_of_the_service_stay() {
        database.execute("INSERT INTO rate_limit (subject) VALUES ('service/0') ON CONFLICT DO NOTHING");
        long slices = database.count("SELECT count(*) FROM rate_limit WHERE starts_with(subject, 'service/')");

        retention.delete().await().atMost(PATIENCE);

        assertThat(database.count("SELECT count(*) FROM rate_limit WHERE starts_with(subject, 'service/')"))
                .isEqualTo(slices)
                .isPositive();
    }

    @Test
    void what_is_being_charged_is_neither_taken_away_nor_waited_for() {
        charged("-1 second", 2);
        String lock = "SELECT 1 FROM rate_limit WHERE subject = $1 FOR UPDATE";

        pool.withTransaction(charging -> charging.preparedQuery(lock)
                        .execute(Tuple.of(subject + "-1-second-1"))
                        .chain(() -> retention.delete()))
                .await()
                .atMost(PATIENCE);

        assertThat(kept()).isEqualTo(1);
    }
}
