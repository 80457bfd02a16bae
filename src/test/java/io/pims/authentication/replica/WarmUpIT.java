package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that rehearses before it is ready, and of which nobody can tell afterwards that it did. */
class WarmUpIT {

    private static final List<String> WRITTEN = List.of(
            "sms_transaction", "sms_code", "rate_limit", "sms_velocity", "trusted_phone_number", "security_event");

    private static final long WARM_UP_S = 5;

    private static Installation installation;
    private static Replica replica;
    private static Answer meanwhile;
    private static long startedAt;
    private static long readyAt;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Path told = Files.writeString(
                folder.resolve("told.properties"),
                "quarkus.log.category.\"io.pims.authentication.http.ErrorMappers\".level=DEBUG\n");
        installation = new Installation(WarmUpIT.class);
        startedAt = System.nanoTime();
        replica = installation
                .launch(Map.of("pims.readiness.warm-up", WARM_UP_S + "s", "smallrye.config.locations", told.toString()))
                .awaitAlive();
        await().atMost(Duration.ofSeconds(60)).until(() -> requestsToItself() > 0);
        meanwhile = replica.ask(installation.issuer().token("anybody")).join();
        replica.awaitReady();
        readyAt = System.nanoTime();
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void it_is_ready_when_it_has_rehearsed_and_not_before() {
        assertThat(Duration.ofNanos(readyAt - startedAt)).isGreaterThan(Duration.ofSeconds(WARM_UP_S));
        // PostgreSQL counts what was inserted, whether it was committed or not; it tells with some delay.
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        number("SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'sms_transaction'") > 10);
    }

    @Test
    void it_sends_requests_to_itself_and_refuses_those_of_others_meanwhile() {
        assertThat(requestsToItself()).as("not one turn alone").isGreaterThan(4);
        assertThat(meanwhile.status()).isEqualTo(503);
        assertThat(meanwhile.code()).isEqualTo(2001);
    }

    private static long requestsToItself() {
        return replica.output()
                .lines()
                .filter(line -> line.contains("\"DEBUG\"") && line.contains("Refused with 2101: "))
                .count();
    }

    @Test
    void it_leaves_no_row() throws SQLException {
        for (String table : WRITTEN) {
            assertThat(number("SELECT count(*) FROM " + table)).as(table).isZero();
        }
    }

    @Test
    void it_leaves_nothing_in_the_metrics_or_at_the_provider_that_says_that_a_driver_asked() {
        assertThat(installation.vonage().messages()).isEmpty();
        assertThat(replica.metrics())
                .filteredOn(series -> series.matches(
                        "pims_(requests|transactions|smscode_\\w+|ratelimit_refusals|budget_overruns|token_cache_lookups"
                                + "|receipts)_total.*"))
                .filteredOn(series -> !series.contains("code=\"2001\""))
                .isNotEmpty()
                .allMatch(series -> series.endsWith(" 0.0"));
        assertThat(replica.metrics())
                .filteredOn(series -> series.startsWith("http_server_requests") && series.contains("/v1/"))
                .as("of the request that was refused meanwhile")
                .allMatch(series -> series.contains("status=\"503\""));
    }

    @Test
    void it_leaves_no_line_in_the_log() {
        assertThat(replica.output()).contains("Schema is up to date").doesNotContainIgnoringCase("rehears");
        assertThat(replica.output().lines())
                .filteredOn(line -> !line.contains("\"DEBUG\"")
                        && !line.contains(meanwhile.id().toString()))
                .noneMatch(line -> line.contains("WARN") || line.contains("ERROR"))
                .noneMatch(line -> line.contains("\"transactionId\":"));
    }

    private static double number(String query) throws SQLException {
        try (Connection connection = installation.connect();
                ResultSet result = connection.createStatement().executeQuery(query)) {
            result.next();
            return result.getDouble(1);
        }
    }
}
