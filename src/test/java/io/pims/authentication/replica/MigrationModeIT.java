package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
}
