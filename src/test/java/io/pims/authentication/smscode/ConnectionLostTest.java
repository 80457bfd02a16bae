package io.pims.authentication.smscode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.ratelimit.RateLimits;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** PostgreSQL ends the connection of a batch before that is written, as where its replica did nothing for a while. */
@QuarkusTest
class ConnectionLostTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String WAITING = "FROM pg_stat_activity WHERE wait_event = 'advisory' AND state = 'active'";

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Pool pool;

    @Inject
    Database database;

    @Test
    void what_surely_was_not_recorded_is_recorded_by_another_connection() {
        TestDriver driver = TestDriver.withNumber(issuer);
        SqlConnection locking = pool.getConnection().await().atMost(PATIENCE);
        CompletableFuture<Response> answer;
        try {
            locking.preparedQuery("SELECT pg_advisory_lock(hashtextextended($1, " + RateLimits.LOCK_SEED + "))")
                    .execute(Tuple.of("user/" + driver.name()))
                    .await()
                    .atMost(PATIENCE);
            answer = CompletableFuture.supplyAsync(driver::asksForCode);
            await().atMost(PATIENCE).until(() -> database.count("SELECT count(*) " + WAITING) == 1);
            database.execute("SELECT pg_terminate_backend(pid) " + WAITING);
        } finally {
            locking.query("SELECT pg_advisory_unlock_all()").execute().await().atMost(PATIENCE);
            locking.close().await().atMost(PATIENCE);
        }

        assertThat(answer.join().statusCode()).as(answer.join().asString()).isEqualTo(202);
    }
}
