package io.pims.authentication.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    /** The time of nanoTime may be anything, and overflow. */
    private long nanoTime = Long.MAX_VALUE - 1;

    private final Deadline deadline = Deadline.in(Duration.ofSeconds(30), () -> nanoTime);

    @Test
    void what_is_left_gets_less_and_less_than_nothing() {
        assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(30));

        nanoTime += Duration.ofSeconds(31).toNanos();

        assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(-1));
    }

    @Test
    void it_is_over_from_its_moment_on() {
        nanoTime += Duration.ofSeconds(30).toNanos() - 1;
        assertThat(deadline.isOver()).isFalse();

        nanoTime++;

        assertThat(deadline.isOver()).isTrue();
    }
}
