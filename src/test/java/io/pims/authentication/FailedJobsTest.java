package io.pims.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailedJobsTest {

    private static final Logger LOGGER = Logger.getLogger(FailedJobs.class.getName());

    private final FailedJobs jobs = new FailedJobs(Clock.systemUTC());
    private final List<LogRecord> told = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            told.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void leave() {
        LOGGER.removeHandler(handler);
    }

    @Test
    void a_database_that_is_away_is_one_warning_a_minute_without_a_stack() {
        for (String job : List.of(
                "TransactionRetention#delete", "SecurityEventRetention#delete", "ExpiredCodeRetention#delete")) {
            jobs.tell(job, new IllegalStateException(new ConnectException("Connection refused")));
        }

        assertThat(told).singleElement().satisfies(record -> {
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

        assertThat(told).hasSize(2).allSatisfy(record -> {
            assertThat(record.getLevel().intValue()).isEqualTo(Level.SEVERE.intValue());
            assertThat(record.getThrown()).hasMessage("a bug");
        });
    }
}
