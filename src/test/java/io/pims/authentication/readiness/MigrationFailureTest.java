package io.pims.authentication.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationFailureTest {

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01", "57P02", "57P03", "53300", "55P03", "25006", "40P01"})
    void what_time_may_mend_is_passing(String sqlState) {
        assertThat(of(sqlState).isPassing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P07", "42501", "28P01", "28000", "3D000", "42601", "23505", "22023"})
    void what_somebody_has_to_mend_is_not(String sqlState) {
        assertThat(of(sqlState).isPassing()).isFalse();
    }

    @Test
    void a_pool_that_had_no_connection_in_time_is_passing() {
        assertThat(MigrationFailure.of(new FlywayException(
                                "Unable to obtain connection", new SQLException("Acquisition timeout")))
                        .isPassing())
                .isTrue();
    }

    @Test
    void a_database_that_is_not_reached_is_passing_however_deep_the_cause_is() {
        assertThat(MigrationFailure.of(new IllegalStateException(new RuntimeException(new ConnectException("refused"))))
                        .isPassing())
                .isTrue();
        assertThat(MigrationFailure.of(new RuntimeException(new UnknownHostException("postgresql")))
                        .isPassing())
                .isTrue();
    }

    @Test
    void a_schema_of_somebody_else_is_final() {
        MigrationFailure failure = MigrationFailure.of(
                new FlywayException("Found non-empty schema(s) \"public\" but no schema history table."));

        assertThat(failure.isPassing()).isFalse();
        assertThat(failure.reason()).contains("non-empty schema");
    }

    @Test
    void a_checksum_that_differs_is_final_and_says_which() {
        MigrationFailure failure = MigrationFailure.of(new FlywayValidateException(
                new ErrorDetails(CoreErrorCode.VALIDATE_ERROR, "Migration checksum mismatch for migration version 1"),
                "Migration checksum mismatch for migration version 1"));

        assertThat(failure.isPassing()).isFalse();
        assertThat(failure.reason()).contains("another build", "version 1");
    }

    @Test
    void the_reason_is_one_line_with_what_PostgreSQL_said() {
        MigrationFailure failure = MigrationFailure.of(new FlywayException(
                "Script V1__pin_reset.sql failed\n-------------------------------\nSQL State  : 42P07\nError Code : 0",
                new SQLException("ERROR: relation \"sms_code\" already exists\n  Position: 14", "42P07")));

        assertThat(failure.reason())
                .isEqualTo(
                        "Script V1__pin_reset.sql failed; SQL State  : 42P07: ERROR: relation \"sms_code\" already exists;"
                                + " Position: 14");
    }

    private static MigrationFailure of(String sqlState) {
        return MigrationFailure.of(new FlywayException("Migration failed", new SQLException("refused", sqlState)));
    }
}
