package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job migrates and replicas wait for it, as in the cluster. */
class MigrationModeIT {

    private static final Duration JOB = Duration.ofSeconds(90);

    private static final String OTHER_BUILD =
            "UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '1'";

    /** The migration V4 makes a table, send_pace, which is there. */
    private static final String BEFORE_V4 = "DELETE FROM flyway_schema_history WHERE version::int >= 4";

    private static final String STRANGER = "a_stranger_to_the_schema";

    private Installation installation;

    @BeforeEach
    void open() {
        installation = new Installation(MigrationModeIT.class);
    }

    @AfterEach
    void close() {
        installation.close();
    }

    private Replica launch(String mode) {
        return installation.launch(Map.of("pims.migration.mode", mode, "quarkus.shutdown.delay", "0s"));
    }

    private Replica launchJob(String setting, String value) {
        return installation.launch(
                Map.of("pims.migration.mode", "only", "quarkus.shutdown.delay", "0s", setting, value));
    }

    @Test
    void a_replica_that_waits_is_ready_once_the_job_has_migrated() {
        Replica waiting = launch("wait").awaitAlive();
        await().until(() -> waiting.output().contains("migrations pending"));
        int before = waiting.probe("ready");
        long touched = installation.count("SELECT count(*) FROM pg_class WHERE relname = 'flyway_schema_history'");

        int exit = launch("only").awaitEnd(JOB);
        waiting.awaitReady();
        Answer acceptance = waiting.ask(installation.driver().token()).join();

        assertThat(before).isEqualTo(503);
        assertThat(touched).isZero();
        assertThat(exit).isZero();
        assertThat(acceptance.status()).isEqualTo(202);
    }

    @Test
    void a_schema_of_another_build_fails_the_job_and_keeps_a_replica_from_its_use() {
        launch("only").awaitEnd(JOB);
        installation.execute(OTHER_BUILD);

        Replica waiting = launch("wait").awaitAlive();
        int exit = launch("only").awaitEnd(JOB);
        await().until(() -> waiting.output().contains("another build"));

        assertThat(exit).isEqualTo(1);
        assertThat(waiting.isReady()).isFalse();
    }

    @Test
    void a_replica_that_waits_takes_a_newer_schema() {
        launch("only").awaitEnd(JOB);
        installation.execute("INSERT INTO flyway_schema_history SELECT installed_rank + 100, '999', description, type,"
                + " script, checksum, installed_by, installed_on, execution_time, success FROM flyway_schema_history"
                + " WHERE version = '1'");

        assertThat(launch("wait").awaitReady().isReady()).isTrue();
    }

    @Test
    void a_schema_of_somebody_else_ends_the_job_at_once() {
        installation.execute("CREATE TABLE of_somebody_else (id integer)");

        endsAtOnce(launch("only"), "Found non-empty schema(s)");
    }

    @Test
    void a_table_in_the_way_of_a_migration_ends_the_job_at_once() {
        launch("only").awaitEnd(JOB);
        installation.execute(BEFORE_V4);

        endsAtOnce(launch("only"), "42P07", "send_pace");
        assertThat(installation.count("SELECT count(*) FROM flyway_schema_history WHERE version::int >= 4"))
                .isZero();
    }

    @Test
    void a_role_without_permission_ends_the_job_at_once() {
        installation.execute("DROP ROLE IF EXISTS " + STRANGER + "; CREATE ROLE " + STRANGER + " LOGIN");
        try {
            endsAtOnce(launchJob("quarkus.datasource.username", STRANGER), "42501", "permission denied");
        } finally {
            installation.execute("DROP ROLE " + STRANGER);
        }
    }

    private static void endsAtOnce(Replica job, String... reason) {
        assertThat(job.awaitEnd(JOB)).isEqualTo(1);
        String output = job.output();
        assertThat(output.lines().filter(line -> line.contains("The schema can't be brought up to date")))
                .as(output)
                .singleElement(STRING)
                .contains(reason);
        assertThat(output.lines()
                        .filter(line -> line.contains("trying again")
                                || line.startsWith("\tat ")
                                || line.startsWith("Caused by")))
                .as(output)
                .isEmpty();
    }

    @Test
    void a_job_goes_on_once_there_is_a_database_to_connect_to() {
        Installation.SERVER.stop();
        Replica job = launch("only");
        await().atMost(JOB).until(() -> job.output().contains("not up to date yet, trying again"));

        Installation.SERVER.start();

        migrates(job);
    }

    @Test
    void a_job_goes_on_once_PostgreSQL_has_started() throws IOException {
        try (var starting = new StrictPooler(Installation.SERVER.start())) {
            starting.refuseAll(true);
            String url = installation.settings().get("quarkus.datasource.jdbc.url");
            Replica job =
                    launchJob("quarkus.datasource.jdbc.url", url.replaceFirst(":\\d+/", ":" + starting.port() + "/"));
            await().atMost(JOB).until(() -> job.output().contains("the database system is starting up"));

            starting.refuseAll(false);

            migrates(job);
        }
    }

    private void migrates(Replica job) {
        assertThat(job.awaitEnd(JOB)).as(job.output()).isZero();
        assertThat(job.output()).contains("Schema is up to date").doesNotContain("can't be");
        assertThat(installation.count("SELECT count(*) FROM flyway_schema_history WHERE version = '1' AND success"))
                .isOne();
    }
}
