package io.pims.authentication.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pims.authentication.receipt.DeliveryWriter.Recorded;
import io.pims.authentication.receipt.ReceiptMetrics.Result;
import io.pims.authentication.sms.RoutesConfig;
import io.pims.authentication.sms.TestConfig;
import io.pims.authentication.transaction.DeliveryState;
import io.pims.authentication.trustedphonenumber.AcceptedNumbersConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptMetricsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private ReceiptMetrics metrics(String... settings) {
        ReceiptSecrets secrets = new ReceiptSecrets(
                TestConfig.of(ReceiptConfig.class, settings),
                TestConfig.of(RoutesConfig.class, settings),
                TestConfig.of(ReceiptRoutesConfig.class, settings));
        AcceptedNumbersConfig accepted =
                TestConfig.of(AcceptedNumbersConfig.class, "pims.trustedphonenumber.countries", "FR,BE");
        return new ReceiptMetrics(registry, accepted, secrets);
    }

    private ReceiptMetrics two() {
        return metrics(
                "pims.sms.routes", "first,second,gateway",
                "pims.sms.routes.gateway.provider", "webhook",
                "pims.sms.routes.first.receipt.secret", "one",
                "pims.sms.routes.first.receipt.former-secret", "zero",
                "pims.sms.routes.second.receipt.secret", "two");
    }

    private List<String> roads(String metric) {
        return registry.find(metric).counters().stream()
                .map(counter -> counter.getId().getTag("road"))
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void the_roads_that_have_receipts_have_series_from_the_start_on() {
        two();

        assertThat(roads("pims.sms.deliveries")).containsExactly("first", "second");
        assertThat(registry.find("pims.sms.deliveries").counters())
                .as("five states, two countries, two roads")
                .hasSize(20);
        assertThat(roads("pims.receipts")).containsExactly("first", "none", "second");
        assertThat(registry.find("pims.receipts").counters())
                .as("four results of each road and two of none")
                .hasSize(10);
    }

    @Test
    void without_named_roads_the_road_is_vonage_and_without_a_secret_there_is_none() {
        metrics();
        assertThat(roads("pims.sms.deliveries")).isEmpty();
        assertThat(roads("pims.receipts")).containsExactly("none");

        metrics("pims.receipt.secret", "one");
        assertThat(roads("pims.sms.deliveries")).containsExactly("vonage");
        assertThat(roads("pims.receipts")).containsExactly("none", "vonage");
    }

    @Test
    void a_receipt_counts_for_its_road_and_a_refusal_for_none() {
        ReceiptMetrics metrics = two();

        metrics.count(Result.CHANGED, "second");
        metrics.countDelivery(DeliveryState.SUBMITTED, "FR", "second");
        metrics.countRefusal(Result.UNAUTHENTIC);

        assertThat(registry.find("pims.receipts").counters())
                .filteredOn(counter -> counter.count() > 0)
                .extracting(counter ->
                        counter.getId().getTag("result") + " " + counter.getId().getTag("road"))
                .containsExactlyInAnyOrder("changed second", "unauthentic none");
        assertThat(registry.get("pims.sms.deliveries")
                        .tags("road", "second", "country", "FR", "status", "submitted")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "one signer, one, 'two one two', one",
        "the one that was tried last of those that share an account, 'one two', 'one two three', two",
        "another one of them that was tried last, 'one two', 'two one', one",
        "the first of them if the receipt overtakes the answer, 'one two', '', one",
        "the first of them if neither is in the log, 'one two', 'three', one",
    })
    void the_road_of_a_receipt_is_that_of_its_signer(String why, String signers, String tried, String road) {
        Recorded recorded = new Recorded(Result.CHANGED, words(tried), Optional.empty());

        assertThat(recorded.roadAmong(words(signers))).as(why).isEqualTo(road);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
