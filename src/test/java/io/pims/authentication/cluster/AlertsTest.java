package io.pims.authentication.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The alerts ring when they should and only then: by Prometheus' own promtool, where there is one. */
class AlertsTest {

    private static final Path TESTS = Path.of("src/test/resources/alerts/alerts_test.yaml");
    private static final Path FOLDER = Path.of("target", "alerts");

    private static JsonNode rules;

    @BeforeAll
    static void write() throws IOException {
        rules = Overlay.named("production")
                .of("PrometheusRule")
                .findAny()
                .orElseThrow()
                .path("spec");
        Files.createDirectories(FOLDER);
        // JSON is YAML.
        new ObjectMapper().writeValue(FOLDER.resolve("rules.json").toFile(), rules);
        Files.copy(TESTS, FOLDER.resolve(TESTS.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void Prometheus_takes_the_rules() throws IOException, InterruptedException {
        promtool("check", "rules", "--lint=all", "--lint-fatal", "rules.json");
    }

    @Test
    void each_alert_fires_when_it_should_and_not_in_a_quiet_hour() throws IOException, InterruptedException {
        promtool("test", "rules", TESTS.getFileName().toString());
    }

    @Test
    void each_alert_has_a_case_in_which_it_fires_and_one_in_which_it_does_not() {
        Set<String> fires = new HashSet<>();
        Set<String> quiet = new HashSet<>();
        Overlay.parse(text()).get(0).path("tests").findValues("alert_rule_test").stream()
                .flatMap(cases -> Stream.iterate(0, index -> index < cases.size(), index -> index + 1)
                        .map(cases::get))
                .forEach(expected -> (expected.has("exp_alerts") ? fires : quiet)
                        .add(expected.path("alertname").asText()));

        assertThat(rules.findValuesAsText("alert"))
                .hasSizeGreaterThan(10)
                .allSatisfy(alert -> assertThat(fires).contains(alert))
                .allSatisfy(alert -> assertThat(quiet).contains(alert));
    }

    private static String text() {
        try {
            return Files.readString(TESTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                            .toList())
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException none) {
            abort("no promtool here; Debian's package prometheus has it");
            return;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
