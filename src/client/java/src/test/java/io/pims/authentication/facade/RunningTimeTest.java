package io.pims.authentication.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunningTimeTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final RunningTime time = new RunningTime(clock::get);

    @Test
    void it_is_the_clocks_while_somebody_looks_often() {
        for (int second = 0; second < 90; second++) {
            clock.addAndGet(RunningTime.BETWEEN_LOOKS.toNanos());
            time.nanos();
        }

        assertThat(time.nanos()).isEqualTo(Duration.ofSeconds(90).toNanos());
        assertThat(time.wasFrozenTooLong()).isFalse();
    }

    @Test
    void a_longer_step_is_a_freeze_and_counts_little() {
        clock.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(time.nanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(time.wasFrozenTooLong()).isFalse();
    }

    @Test
    void freezes_add_up() {
        for (int minute = 0; minute < 12; minute++) {
            clock.addAndGet(Duration.ofMinutes(1).toNanos());
            time.nanos();
        }

        assertThat(time.wasFrozenTooLong()).isTrue();
    }
}
