package io.pims.authentication.pincode;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AbsentPinRetentionTest {

    private static final String TRIED = """
            INSERT INTO pin_code_absent (user_id, failures, tried_at)
            SELECT $1 || n, 3, now() - make_interval(days => CAST($2 AS int)) FROM generate_series(1, CAST($3 AS int)) AS n
            """;

    @Inject
    AbsentPinRetention absent;

    @Inject
    Database database;

    private final String prefix = "nobody-" + UUID.randomUUID() + "-";

    private long kept() {
        return database.count("SELECT count(*) FROM pin_code_absent WHERE starts_with(user_id, $1)", prefix);
    }

    @Test
    void tries_go_with_the_events_that_tell_of_them_and_no_sooner() {
        database.execute(TRIED, prefix + "old-", 401, 2_500);
        database.execute(TRIED, prefix + "new-", 399, 3);

        absent.deleteOldTries().await().atMost(Duration.ofSeconds(30));

        assertThat(kept()).isEqualTo(3);
    }
}
