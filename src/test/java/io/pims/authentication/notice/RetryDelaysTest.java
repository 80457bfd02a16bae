package io.pims.authentication.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.configuration.WrongSetting;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelaysTest {

    private static RetryDelays delays(double random) {
        return new RetryDelays(Duration.ofSeconds(5), Duration.ofMinutes(15), () -> random);
    }

    @ParameterizedTest
    @CsvSource({"1, PT5S", "2, PT10S", "3, PT20S", "8, PT10M40S", "9, PT15M", "1000, PT15M", "2147483647, PT15M"})
    void a_delay_doubles_up_to_the_longest(int attempts, Duration delay) {
        assertThat(delays(0.5).after(attempts)).isEqualTo(delay);
    }

    @Test
    void delays_are_spread_by_a_fifth_either_way_and_never_above_the_longest() {
        assertThat(delays(0).after(1)).isEqualTo(Duration.ofSeconds(4));
        assertThat(delays(1).after(1)).isEqualTo(Duration.ofSeconds(6));
        assertThat(delays(1).after(20)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void a_longest_delay_below_the_first_is_a_wrong_setting() {
        assertThatThrownBy(() -> new RetryDelays(Duration.ofSeconds(5), Duration.ofSeconds(4), () -> 0))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("pims.notice.webhook.longest-delay");
    }
}
