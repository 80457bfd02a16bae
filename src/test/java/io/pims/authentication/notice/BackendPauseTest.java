package io.pims.authentication.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendPauseTest {

    /** Near its end, as the value of {@link System#nanoTime} may be any. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private final BackendPause pause = new BackendPause(now::get);

    private Duration left() {
        long begin = now.get();
        while (pause.isOn()) {
            now.addAndGet(Duration.ofMillis(500).toNanos());
        }
        return Duration.ofNanos(now.get() - begin);
    }

    @Test
    void at_first_there_is_none() {
        assertThat(pause.isOn()).isFalse();
    }

    @Test
    void it_doubles_up_to_a_minute_until_the_backend_takes_something() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            pause.begin();
            assertThat(left()).isEqualTo(Duration.ofSeconds(seconds));
        }

        pause.end();
        pause.begin();

        assertThat(left()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void posts_that_were_under_way_together_count_once() {
        for (int post = 0; post < 8; post++) {
            pause.begin();
        }

        assertThat(left()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 600, 3_600})
    void a_time_that_the_backend_names_counts(int seconds) {
        pause.begin(Duration.ofSeconds(seconds));

        assertThat(left()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void a_time_that_is_named_ends_no_pause_before_its_time() {
        pause.begin();
        pause.begin(Duration.ZERO);

        assertThat(left()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_time_beyond_an_hour_is_an_hour() {
        pause.begin(Duration.ofSeconds(999_999_999));

        assertThat(left()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void a_backend_that_wants_no_more_is_asked_again_in_an_hour_whatever_else_ends() {
        pause.beginLongest();
        pause.begin(Duration.ofSeconds(1));
        pause.begin();
        pause.end();

        assertThat(left()).isEqualTo(Duration.ofHours(1));
    }
}
