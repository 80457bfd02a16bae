package io.pims.authentication.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PaceByRoadTest {

    private static final double SECONDS = 100;

    /** As the release before roads has it. */
    private static final String BEFORE = """
            UPDATE send_pace SET next_at = greatest(next_at, clock_timestamp()) + make_interval(secs => $1)
            WHERE one
            RETURNING (extract(epoch FROM next_at - clock_timestamp()) - $1) * 1000 AS delay_ms
            """;

    @Inject
    Database database;

    @AfterEach
    void as_before() {
        database.execute("DELETE FROM send_pace WHERE road LIKE 'test%'");
        database.execute("UPDATE send_pace SET next_at = '-infinity'");
    }

    @Test
    void one_road_does_not_wait_for_another_and_waits_for_itself() {
        assertThat(reserve("test1")).isLessThan(1_000);
        assertThat(reserve("test2")).isLessThan(1_000);

        assertThat(reserve("test1")).isGreaterThan(SECONDS * 1_000 - 10_000);
    }

    @Test
    void a_replica_of_the_release_before_shares_the_pace_of_the_only_road_and_no_other() {
        reserve("test1");
        reserve("vonage");

        RowSet<Row> before = database.execute(BEFORE, SECONDS);

        assertThat(before.rowCount()).isEqualTo(1);
        assertThat(before.iterator().next().getDouble("delay_ms")).isGreaterThan(SECONDS * 1_000 - 10_000);
        assertThat(reserve("vonage")).isGreaterThan(2 * SECONDS * 1_000 - 10_000);
        assertThat(reserve("test1")).isLessThan(SECONDS * 1_000 + 1_000);
    }

    private double reserve(String road) {
        return database.execute(SendPace.RESERVE, SECONDS, road)
                .iterator()
                .next()
                .getDouble("delay_ms");
    }
}
