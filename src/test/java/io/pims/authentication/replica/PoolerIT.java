package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between a replica and PostgreSQL is something that does not take everything. */
class PoolerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Installation installation;
    private StrictPooler pooler;

    @BeforeEach
    void open() {
        installation = new Installation(PoolerIT.class);
    }

    @AfterEach
    void close() throws IOException {
        installation.close();
        pooler.close();
    }

    private Map<String, String> behind(StrictPooler through) {
        pooler = through;
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "quarkus.datasource.reactive.url",
                installation
                        .settings()
                        .get("quarkus.datasource.reactive.url")
                        .replaceFirst(":\\d+/", ":" + pooler.port() + "/"));
        settings.put("pims.database.patience", "5s");
        return settings;
    }

    @Test
    void a_replica_serves_behind_PgBouncer_as_it_comes() throws Exception {
        Map<String, String> settings =
                behind(new StrictPooler(Installation.SERVER.start(), "extra_float_digits", "options"));
        Replica replica = installation.launch(settings).awaitReady();

        assertThat(replica.ask(installation.driver().token()).join().status()).isEqualTo(202);
    }

    @Test
    void a_parameter_that_PgBouncer_refuses_keeps_the_replica_from_being_ready_and_is_named() throws Exception {
        Map<String, String> settings = behind(new StrictPooler(Installation.SERVER.start(), "application_name"));
        Replica replica = installation.launch(settings).awaitAlive();

        await().atMost(PATIENCE)
                .until(() -> replica.output()
                        .contains("PgBouncer refuses the startup parameter application_name:"
                                + " add ignore_startup_parameters = application_name to its settings"));
        assertThat(replica.isReady()).isFalse();

        pooler.ignoreAll();

        replica.awaitReady();
        assertThat(replica.ask(installation.driver().token()).join().status()).isEqualTo(202);
    }

    @Test
    void refusals_to_LISTEN_take_no_connection_from_requests() throws Exception {
        Map<String, String> settings = behind(new StrictPooler(Installation.SERVER.start()));
        settings.put("quarkus.datasource.reactive.max-size", "4");
        pooler.refuseListen(true);
        Replica replica = installation.launch(settings).awaitReady();
        await().during(Duration.ofSeconds(10)).atMost(Duration.ofSeconds(20)).until(replica::isReady);

        List<Integer> refused = statuses(replica);
        pooler.refuseListen(false);
        await().atMost(PATIENCE).until(() -> listeners() == 1);

        assertThat(refused).containsOnly(202);
        assertThat(statuses(replica)).containsOnly(202);
        assertThat(replica.isReady()).isTrue();
    }

    private List<Integer> statuses(Replica replica) {
        List<Integer> statuses = new ArrayList<>();
        for (int each = 0; each < 10; each++) {
            statuses.add(replica.ask(installation.driver().token()).join().status());
        }
        return statuses;
    }

    private long listeners() {
        return installation.count("SELECT count(*) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND query LIKE 'LISTEN%'");
    }
}
