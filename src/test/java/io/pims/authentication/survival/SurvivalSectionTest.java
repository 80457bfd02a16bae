package io.pims.authentication.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The page's figures are those that came out and were committed. */
class SurvivalSectionTest {

    private static JsonObject result(int differences) {
        return new JsonObject()
                .put("requests", 6_000)
                .put("accepted", 5_900)
                .put("refused", new JsonObject().put("503/2204", 60))
                .put("unknown", 40)
                .put("unknownRecorded", 2)
                .put("succeeded", 5_892)
                .put("failed", new JsonObject().put("2201", 10))
                .put("sms", 5_895)
                .put("repeats", 3)
                .put("longestToFinalMs", 12_340)
                .put("differences", differences)
                .put("examples", new JsonArray());
    }

    @Test
    void the_page_says_what_the_committed_results_say() throws IOException {
        assertThat(SurvivalSection.written()).isEqualTo(SurvivalSection.markdown(SurvivalSection.committed()));
    }

    @Test
    void a_row_tells_what_became_of_everybody() {
        JsonObject results = new JsonObject().put("kill-replica", result(0));

        assertThat(SurvivalSection.table(results))
                .contains("| `kill-replica` | 6,000 | 5,900 | 60 × 503/2204 | 40 (2) | 5,892 | 10 × 2201 | 5,895 | 3 |"
                        + " 12.3 s | survived |");
    }

    @Test
    void a_difference_is_no_survival_and_what_was_skipped_says_so() {
        JsonObject results = new JsonObject()
                .put("kill-replica", result(2))
                .put("clock", new JsonObject().put("skipped", "no libfaketime"));

        assertThat(SurvivalSection.table(results)).contains("| 2 differences |", "| skipped: no libfaketime |");
        assertThat(Experiments.survived(results.getJsonObject("kill-replica"))).isFalse();
    }
}
