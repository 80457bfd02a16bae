package io.pims.authentication.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

    @ParameterizedTest
    @CsvSource({
        "5/1h, 5, PT1H",
        "1/30s, 1, PT30S",
        "10/1d, 10, PT24H",
        "10/PT24H, 10, PT24H",
        "6000/1m, 6000, PT1M",
        "5/90, 5, PT90S",
        "' 5/1h ', 5, PT1H",
        "1/1s, 1, PT1S",
        "1000000/31d, 1000000, PT744H",
    })
    void a_limit_reads_count_over_window(String text, int count, Duration window) {
        assertThat(Limit.parse(text)).isEqualTo(new Limit(count, window));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5/",
                "/1h",
                "5/1h/2",
                "5 /1h",
                "5/ 1h",
                "-5/1h",
                "5/-1h",
                "5/x",
                "five/1h",
                "5/1h30",
                "5/1_h",
                "99999999/1h",
                "5/99999999999s",
                "5,1h"
            })
    void what_reads_otherwise_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Limit.parse(text));
    }

    @Test
    void a_refusal_shows_the_form_and_what_was_there_instead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limit.parse("5 per hour"))
                .withMessageContainingAll("5/1h", "5 per hour");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_000_001, Integer.MAX_VALUE})
    void a_count_out_of_bounds_is_refused(int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limit(count, Duration.ofHours(1)))
                .withMessageContaining("" + count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT0S", "PT0.999999999S", "PT744H0.000000001S", "PT10000H"})
    void a_window_out_of_bounds_is_refused(Duration window) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limit(1, window))
                .withMessageContaining(window.toString());
    }
}
