package io.pims.authentication.readiness;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.ShortPatience;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All connections of the pool are lent to somebody who keeps them, while the database is as well as ever. */
@QuarkusTest
@TestProfile(ShortPatience.class)
class ExhaustedPoolTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Inject
    Pool pool;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int size;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL probe;

    private final List<SqlConnection> kept = new ArrayList<>();

    private void takeAll() throws Exception {
        List<Future<SqlConnection>> taken = new ArrayList<>();
        for (int each = 0; each < size; each++) {
            taken.add(pool.getConnection());
        }
        for (Future<SqlConnection> each : taken) {
            kept.add(each.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS));
        }
    }

    @AfterEach
    void giveBack() {
        kept.forEach(SqlConnection::close);
        kept.clear();
    }

    private int status() {
        return given().get(probe).statusCode();
    }

    @Test
    void readiness_notices_that_nothing_can_be_had_for_long_and_that_there_are_connections_again() throws Exception {
        await().atMost(PATIENCE).until(() -> status() == 200);

        takeAll();

        await().atMost(PATIENCE).until(() -> status() == 503);
        JsonPath told = given().get(probe).jsonPath();
        assertThat(told.getString("checks.find { it.name == 'service' }.data.phase"))
                .isEqualTo("READY");
        assertThat(told.getString("checks.find { it.name == 'service' }.data.connections"))
                .isEqualTo("EXHAUSTED");

        giveBack();

        await().atMost(PATIENCE).until(() -> status() == 200);
    }
}
