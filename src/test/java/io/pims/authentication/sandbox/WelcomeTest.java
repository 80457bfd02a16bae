package io.pims.authentication.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WelcomeTest {

    @ParameterizedTest
    @CsvSource({"-1, 0, -1", "0, 0, -1", "40123, 0, 40123", "-1, 9000, 9000", "9000, 9000, 9000"})
    void health_is_at_the_port_that_was_opened_or_at_the_one_that_was_asked_for(
            int opened, int configured, int managementPort) {
        assertThat(Welcome.managementPort(opened, configured)).isEqualTo(managementPort);
    }

    @Test
    void a_port_that_nobody_knows_is_not_named() {
        assertThat(Welcome.lines(8080, 40123, "token")).contains("Health is at http://localhost:40123/q/health");
        assertThat(Welcome.lines(8080, Welcome.UNKNOWN, "token")).doesNotContain("-1", "Health");
    }
}
