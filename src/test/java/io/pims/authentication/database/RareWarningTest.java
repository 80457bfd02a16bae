package io.pims.authentication.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RareWarningTest {

    private static final String CATEGORY = RareWarningTest.class.getName();

    private final java.util.logging.Logger logger = java.util.logging.Logger.getLogger(CATEGORY);
    private final List<String> logged = new ArrayList<>();
    private final Handler capture = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record instanceof ExtLogRecord extended ? extended.getFormattedMessage() : record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    private final RareWarning warning = new RareWarning(Logger.getLogger(CATEGORY), new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @BeforeEach
    void listen() {
        logger.addHandler(capture);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(capture);
    }

    @Test
    void the_first_is_logged_and_then_one_a_minute() {
        for (int second = 0; second <= 120; second++) {
            warning.log("away for %d s", second);
            now = now.plus(Duration.ofSeconds(1));
        }

        assertThat(logged).containsExactly("away for 0 s", "away for 60 s", "away for 120 s");
    }

    @Test
    void after_a_quiet_minute_the_next_is_a_first_one_again() {
        warning.log("away");
        now = now.plus(Duration.ofHours(1));
        warning.log("away again");

        assertThat(logged).containsExactly("away", "away again");
    }
}
