package io.pims.authentication.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page's figures are those that were measured and committed. */
class PerformanceSectionTest {

    @Test
    void the_page_says_what_the_committed_results_say() throws IOException {
        assertThat(PerformanceSection.written()).isEqualTo(PerformanceSection.expected());
    }

    @Test
    void the_roofline_is_in_the_table_with_its_ratios() {
        JsonObject result = result(1_000, 2_500, 50_000);

        assertThat(new Roofline().markdown(result))
                .contains("| 16 | pgbench | 1,000 | 1.00 | 2.00 |", "| 16 | post | 2,500 |", "| 64 | hello | 50,000 |")
                .contains("| 64 | **post ÷ pgbench** | **2.50** |", "| 64 | post ÷ hello | 0.050 |")
                .contains("| 64 | post ÷ pgbench, round by round | 2.50, 2.50; median 2.50 |")
                .contains("2 rounds");
        assertThat(RooflineChart.svg(result)).contains(">1,000<", ">2,500 (2.50 ×)<");
    }

    @Test
    void a_result_is_the_median_of_its_rounds() {
        List<Sample> rounds = List.of(
                new Sample(100, 3, 30, Map.of("service", 1.0)),
                new Sample(300, 1, 10, Map.of("service", 3.0)),
                new Sample(250, 2, 20, Map.of("service", 2.0)));

        JsonObject median = Sample.median(rounds);

        assertThat(median.getDouble("perSecond")).isEqualTo(250);
        assertThat(median.getDouble("p50Ms")).isEqualTo(2);
        assertThat(median.getDouble("p99Ms")).isEqualTo(20);
        assertThat(median.getJsonObject("cpuSeconds").getDouble("service")).isEqualTo(2);
        assertThat(median.getJsonArray("rounds")).hasSize(3);
    }

    @Test
    void a_percentile_is_a_value_that_was_measured() {
        double[] samples = {5, 1, 4, 2, 3};

        assertThat(Figures.percentile(samples, 50)).isEqualTo(3);
        assertThat(Figures.percentile(samples, 99)).isEqualTo(5);
        assertThat(Figures.percentile(samples, 100)).isEqualTo(5);
    }

    private static JsonObject result(double pgbench, double post, double hello) {
        JsonObject result = new JsonObject();
        for (int connections : Roofline.CONNECTIONS) {
            result.put(
                    Integer.toString(connections),
                    new JsonObject()
                            .put("pgbench", twice(pgbench))
                            .put("post", twice(post))
                            .put("hello", twice(hello)));
        }
        return result;
    }

    private static JsonObject twice(double perSecond) {
        Sample sample = new Sample(perSecond, 1, 2, Map.of("client", 0.5));
        return Sample.median(List.of(sample, sample));
    }
}
