package io.pims.authentication.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.sandbox.SandboxDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of a release that kept numbers in fingerprints, and those that its replicas write while they run on. */
@QuarkusTest
class FingerprintMigrationTest {

    private static final String RECORD = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand,
                idempotency_key, fingerprint, status, created_at, deadline, finished_at, attempts, lease, lease_until)
            VALUES (CAST(? AS uuid), 'driver', ?, '\\x00', 'k', '\\x00', 'en', '', CAST(? AS text), ?, ?, now(), now(),
                CASE WHEN ? = 'PENDING' THEN NULL ELSE now() END, 1, 1, now())
            """;

    private static final String OLD = "01900000-0000-7000-8000-%012d";
    private static final String CERTIFICATION = "phoneNumberCertification";

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    private final String database =
            "fingerprints_" + UUID.randomUUID().toString().replace("-", "");

    @BeforeEach
    void schema_of_the_release_before() throws SQLException {
        execute(url, "CREATE DATABASE " + database);
        migrate("7");
    }

    @AfterEach
    void drop() throws SQLException {
        execute(url, "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    @Test
    void no_number_is_left_in_a_fingerprint_whether_final_or_pending_old_or_new() throws Exception {
        record(OLD.formatted(1), CERTIFICATION, "+33612345678", "SUCCEEDED");
        record(OLD.formatted(2), CERTIFICATION, "06 12 34 56 78", "SUCCEEDED");
        record(ofNow(), CERTIFICATION, "+33612345678", "PENDING");

        migrate("latest");

        assertThat(fingerprintsOf(CERTIFICATION)).containsExactly(sha256(CERTIFICATION + "\n"));
    }

    @Test
    void replicas_of_the_release_before_leave_none_either() throws Exception {
        record(OLD.formatted(3), CERTIFICATION, "+33612345678", "PENDING");
        migrate("latest");

        execute(urlOf(database), "UPDATE sms_transaction SET status = 'SUCCEEDED', finished_at = now()");
        record(ofNow(), CERTIFICATION, "+33612345678", "PENDING");

        assertThat(fingerprintsOf(CERTIFICATION)).containsExactly(sha256(CERTIFICATION + "\n"));
    }

    @Test
    void what_has_no_number_in_it_stays_so_that_they_know_it_again() throws Exception {
        record(OLD.formatted(4), "resetPIN", "", "SUCCEEDED");

        migrate("latest");
        record(ofNow(), "resetPIN", "", "PENDING");

        assertThat(fingerprintsOf("resetPIN")).containsExactly(sha256("resetPIN\n"));
    }

    private static String ofNow() {
        String millis = "%012x".formatted(System.currentTimeMillis());
        return millis.substring(0, 8) + "-" + millis.substring(8) + "-7000-8000-"
                + UUID.randomUUID().toString().substring(24);
    }

    /** As the release before did. */
    private void record(String id, String type, String typed, String status) throws Exception {
        try (Connection connection = connect(urlOf(database));
                PreparedStatement insert = connection.prepareStatement(RECORD)) {
            insert.setString(1, id);
            insert.setString(2, type);
            insert.setString(3, "key-" + id);
            insert.setBytes(4, HexFormat.of().parseHex(sha256(type + '\n' + typed)));
            insert.setString(5, status);
            insert.setString(6, status);
            insert.executeUpdate();
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Set<String> fingerprintsOf(String type) throws SQLException {
        Set<String> fingerprints = new TreeSet<>();
        try (Connection connection = connect(urlOf(database));
                PreparedStatement select = connection.prepareStatement(
                        "SELECT encode(fingerprint, 'hex') FROM sms_transaction WHERE type = ?")) {
            select.setString(1, type);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    fingerprints.add(rows.getString(1));
                }
            }
        }
        return fingerprints;
    }

    private void migrate(String target) {
        Flyway.configure()
                .dataSource(urlOf(database), SandboxDatabase.USER, SandboxDatabase.PASSWORD)
                .target(target)
                .load()
                .migrate();
    }

    private String urlOf(String name) {
        return url.substring(0, url.lastIndexOf('/') + 1) + name;
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, SandboxDatabase.USER, SandboxDatabase.PASSWORD);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
