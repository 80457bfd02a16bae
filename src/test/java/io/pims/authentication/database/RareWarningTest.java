package io.pims.authentication.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.monitoring.RecordedLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RareWarningTest {

    private static final String CATEGORY = RareWarningTest.class.getName();

    @RegisterExtension
    final RecordedLog log = new RecordedLog(CATEGORY);

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

    @Test
    void the_first_is_logged_and_then_one_a_minute() {
        for (int second = 0; second <= 120; second++) {
            warning.log("away for %d s", second);
            now = now.plus(Duration.ofSeconds(1));
        }

        assertThat(log.messages()).containsExactly("away for 0 s", "away for 60 s", "away for 120 s");
    }

    @Test
    void after_a_quiet_minute_the_next_is_a_first_one_again() {
        warning.log("away");
        now = now.plus(Duration.ofHours(1));
        warning.log("away again");

        assertThat(log.messages()).containsExactly("away", "away again");
    }
}
