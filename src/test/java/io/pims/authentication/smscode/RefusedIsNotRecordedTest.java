package io.pims.authentication.smscode;

import static io.pims.authentication.TestDriver.SMSCODE;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.Database;
import io.pims.authentication.ShortTimes;
import io.pims.authentication.TestDriver;
import io.pims.authentication.ratelimit.RateLimits;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The time of requests is over while the database still works on the batch that they are in. */
@QuarkusTest
@TestProfile(ShortTimes.class)
class RefusedIsNotRecordedTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Pool pool;

    @Inject
    Database database;

    private final HttpClient http = HttpClient.newHttpClient();

    private CompletableFuture<HttpResponse<String>> ask(TestDriver driver) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + SMSCODE))
                .header("Authorization", "Bearer " + driver.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"type\":\"resetPIN\"}"))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private boolean isRecorded(TestDriver driver) {
        return database.count("SELECT count(*) FROM sms_transaction WHERE user_id = $1", driver.name()) > 0;
    }

    private static List<CompletableFuture<HttpResponse<String>>> all(
            List<TestDriver> drivers, Function<TestDriver, CompletableFuture<HttpResponse<String>>> ask) {
        return drivers.stream().map(ask).toList();
    }

    private List<TestDriver> drivers(int count) {
        return Stream.generate(() -> TestDriver.withNumber(issuer)).limit(count).toList();
    }

    @Test
    void nothing_is_recorded_for_those_who_were_refused_while_their_batch_waited_for_locks() {
        List<TestDriver> drivers = drivers(5);
        SqlConnection locking = pool.getConnection().await().atMost(PATIENCE);
        List<HttpResponse<String>> answers;
        try {
            drivers.forEach(driver -> locking.preparedQuery(
                            "SELECT pg_advisory_lock(hashtextextended($1, " + RateLimits.LOCK_SEED + "))")
                    .execute(Tuple.of("user/" + driver.name()))
                    .await()
                    .atMost(PATIENCE));

            answers = all(drivers, this::ask).stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            locking.query("SELECT pg_advisory_unlock_all()").execute().await().atMost(PATIENCE);
            locking.close().await().atMost(PATIENCE);
        }

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(503);
        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(drivers).as("recorded though refused").noneMatch(this::isRecorded));
    }

    /** A single request fails its whole batch, and recording each of the others alone takes long. */
    @Test
    void who_is_accepted_is_recorded_and_who_is_refused_is_not_where_each_is_tried_by_itself() {
        List<TestDriver> drivers = drivers(8);
        TestDriver bad = drivers.get(1);
        slow(drivers, bad);
        try {
            // The first one is a batch by itself; those that come meanwhile share the next one.
            List<HttpResponse<String>> answers = all(drivers, this::ask).stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(answers)
                    .extracting(HttpResponse::statusCode)
                    .contains(503)
                    .isSubsetOf(202, 503, 500);
            await().during(Duration.ofSeconds(3)).atMost(PATIENCE).untilAsserted(() -> {
                for (int each = 0; each < drivers.size(); each++) {
                    assertThat(isRecorded(drivers.get(each)))
                            .as("recorded, and told " + answers.get(each).body())
                            .isEqualTo(answers.get(each).statusCode() == 202);
                }
            });
        } finally {
            database.execute("DROP TRIGGER IF EXISTS slow ON sms_transaction");
            database.execute("DROP FUNCTION IF EXISTS slow");
        }
    }

    private void slow(List<TestDriver> drivers, TestDriver bad) {
        String names = drivers.stream().map(driver -> "'" + driver.name() + "'").collect(joining(","));
        database.execute("""
                CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF new.user_id = '%s' THEN RAISE 'bad'; END IF;
                    IF new.user_id IN (%s) THEN PERFORM pg_sleep(0.6); END IF;
                    RETURN new;
                END $$""".formatted(bad.name(), names));
        database.execute("CREATE TRIGGER slow BEFORE INSERT ON sms_transaction FOR EACH ROW EXECUTE FUNCTION slow()");
    }
}
