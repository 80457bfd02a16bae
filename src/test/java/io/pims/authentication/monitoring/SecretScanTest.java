package io.pims.authentication.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanTest {

    private static final String SIGNATURE = "s".repeat(43);

    private final SecretScan scan = new SecretScan(List.of("+33612345678", "048213", "aaaa.bbbb." + SIGNATURE));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sent to +33612345678",
                "to=33612345678&from=PIMS",
                "typed as 0612345678.",
                "{\"message\":\"code 048213\"}",
                "#048213",
                "Bearer aaaa.bbbb.sssssssssssssssssssssssssssssssssssssssssss",
            })
    void a_planted_secret_is_found(String line) {
        assertThat(scan.in(line)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01a20ed0-f1e1-7d33-9b00-e208c6048213",
                "2026-11-24T12:29:37.048213Z",
                "port 48213",
                "sent to +33612345679",
                "code 048214",
            })
    void what_only_looks_like_one_is_not(String line) {
        assertThat(scan.in(line)).isEmpty();
    }

    @Test
    void each_kind_is_known() {
        assertThat(scan.sizes()).containsExactly(1, 1, 1);
    }
}
