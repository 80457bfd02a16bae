package io.pims.authentication.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxDatabaseTest {

    private static Path template;

    private Path folder;
    private SandboxDatabase database;

    /** Creating the data takes seconds, and most tests are about what comes after that. */
    @BeforeAll
    static void create() throws IOException {
        template = newFolder();
        SandboxDatabase created = new SandboxDatabase(template);
        created.start();
        created.stop();
    }

    @AfterAll
    static void forget() throws IOException {
        DataDirectory.delete(template);
    }

    @BeforeEach
    void open() throws IOException {
        folder = newFolder();
        copy(template.resolve("database"), folder.resolve("database"));
        database = new SandboxDatabase(folder);
    }

    @AfterEach
    void stop() throws IOException {
        database.stop();
        DataDirectory.delete(folder);
    }

    private static Path newFolder() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target", "sandbox-test")), "database");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void a_commit_is_durable() throws SQLException {
        assertThat(ask("SHOW fsync")).isEqualTo("on");
        assertThat(ask("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(ask("SHOW full_page_writes")).isEqualTo("on");
    }

    @Test
    void a_second_start_reuses_the_running_server() throws SQLException {
        String started = ask("SELECT pg_postmaster_start_time()");

        SandboxDatabase afterReload = new SandboxDatabase(folder);

        assertThat(afterReload.start()).isEqualTo(database.start());
        assertThat(ask("SELECT pg_postmaster_start_time()")).isEqualTo(started);
    }

    @Test
    void data_survive_a_stop_and_a_crash_and_the_port_stays() throws SQLException {
        int port = database.start();
        run("CREATE TABLE kept AS SELECT 1 AS value");

        database.stop();
        assertThat(ask("SELECT count(*) FROM kept")).isEqualTo("1");
        run("INSERT INTO kept VALUES (2)");
        database.crash();

        assertThat(ask("SELECT count(*) FROM kept")).isEqualTo("2");
        assertThat(database.start()).isEqualTo(port);
    }

    @Test
    void a_server_left_by_a_killed_service_is_taken_over_with_its_data() throws Exception {
        Process service = inAnotherJvm("CREATE TABLE kept AS SELECT 1 AS value");
        service.destroyForcibly().waitFor();
        Path data = folder.toAbsolutePath().resolve("database");
        long orphan = Postmaster.of(data).orElseThrow().process().pid();

        assertThat(ask("SELECT count(*) FROM kept")).isEqualTo("1");

        assertThat(Postmaster.of(data).orElseThrow().process().pid()).isNotEqualTo(orphan);
        assertThat(ProcessHandle.of(orphan)).isEmpty();
    }

    @Test
    void a_service_that_ends_takes_its_server_with_it() throws Exception {
        Process service = inAnotherJvm("SELECT 1");
        service.destroy();

        assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(Postmaster.of(folder.toAbsolutePath().resolve("database"))).isEmpty();
    }

    @Test
    void a_folder_that_another_service_uses_is_refused() throws Exception {
        Process service = inAnotherJvm("SELECT 1");

        assertThatThrownBy(database::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Another running copy")
                .hasMessageContaining("pims.sandbox.data-directory");

        service.destroy();
        service.waitFor();
    }

    @Test
    void two_folders_have_two_servers() {
        SandboxDatabase other = new SandboxDatabase(folder.resolve("other"));

        assertThat(other.start()).isNotEqualTo(database.start());

        other.stop();
    }

    @Test
    void a_pid_file_that_names_a_stranger_or_a_dead_process_is_no_obstacle() throws Exception {
        database.start();
        database.stop();
        Path pidFile = folder.resolve("database/postmaster.pid");

        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
        assertThat(ask("SELECT 1")).isEqualTo("1");
        database.stop();

        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(pidFile, dead.pid() + "\n" + folder.resolve("database") + "\n0\n5432\n\n\n\n");
        assertThat(ask("SELECT 1")).isEqualTo("1");
    }

    @Test
    void an_interrupted_creation_is_begun_again() throws Exception {
        DataDirectory.delete(folder.resolve("database"));
        Files.createDirectories(folder.resolve("database"));
        Files.writeString(folder.resolve("database/postgresql.conf"), "half of it");

        assertThat(ask("SELECT 1")).isEqualTo("1");
    }

    @Test
    void data_of_another_major_version_are_named_with_what_to_delete() throws Exception {
        database.start();
        database.stop();
        Files.writeString(folder.resolve("database/PG_VERSION"), "11\n");

        assertThatThrownBy(database::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("The sandbox's data are of PostgreSQL 11, .* delete .*database and start again");
    }

    @Test
    void a_server_that_does_not_start_is_quoted_and_tried_again() throws Exception {
        database.start();
        database.stop();
        Path settings = folder.resolve("database/postgresql.auto.conf");
        Files.writeString(settings, "no_such_setting = 1\n");

        assertThatThrownBy(() -> new SandboxDatabase(folder, Duration.ofSeconds(2)).start())
                .hasMessageContaining("does not start")
                .hasMessageContaining("no_such_setting");

        Files.writeString(settings, "");
        assertThat(ask("SELECT 1")).isEqualTo("1");
    }

    private Process inAnotherJvm(String sql) throws IOException {
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OtherService.class.getName(),
                        folder.toString(),
                        sql)
                .redirectError(new File("target/sandbox-test/other-service.log"))
                .start();
        assertThat(service.inputReader().readLine()).isEqualTo(OtherService.READY);
        return service;
    }

    private void run(String sql) throws SQLException {
        run(database, sql);
    }

    private String ask(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), SandboxDatabase.USER, "");
                var result = connection.createStatement().executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void run(SandboxDatabase database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), SandboxDatabase.USER, "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A service in a JVM of its own, which can be killed. */
    static final class OtherService {

        static final String READY = "ready";

        private OtherService() {}

        public static void main(String... arguments) throws Exception {
            run(new SandboxDatabase(Path.of(arguments[0])), arguments[1]);
            System.out.println(READY);
            Thread.currentThread().join();
        }
    }
}
