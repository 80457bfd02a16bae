package io.pims.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.monitoring.RecordedLog;
import java.net.ConnectException;
import java.time.Clock;
import java.util.List;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailedJobsTest {

    private final FailedJobs jobs = new FailedJobs(Clock.systemUTC());

    @RegisterExtension
    final RecordedLog log = new RecordedLog(FailedJobs.class);

    @Test
    void a_database_that_is_away_is_one_warning_a_minute_without_a_stack() {
        for (String job : List.of(
                "TransactionRetention#delete", "SecurityEventRetention#delete", "ExpiredCodeRetention#delete")) {
            jobs.tell(job, new IllegalStateException(new ConnectException("Connection refused")));
        }

        assertThat(log.records()).singleElement().satisfies(record -> {
            assertThat(((ExtLogRecord) record).getFormattedMessage())
                    .contains("database is away", "TransactionRetention#delete");
            assertThat(record.getLevel().intValue()).isEqualTo(Level.WARNING.intValue());
            assertThat(record.getThrown()).isNull();
        });
    }

    @Test
    void anything_else_is_an_error_with_its_stack_each_time() {
        jobs.tell("TransactionRetention#delete", new IllegalStateException("a bug"));
        jobs.tell("TransactionRetention#delete", new IllegalStateException("a bug"));

        assertThat(log.records()).hasSize(2).allSatisfy(record -> {
            assertThat(record.getLevel().intValue()).isEqualTo(Level.SEVERE.intValue());
            assertThat(record.getThrown()).hasMessage("a bug");
        });
    }
}
