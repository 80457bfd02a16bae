package io.pims.authentication.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.http.ApiException;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptParametersTest {

    private static void refused(ThrowingCallable read, String parameter) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(400))
                .hasMessage("Invalid " + parameter + " parameter");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(joining("&"));
    }

    @Property(tries = 200)
    void each_form_reads_the_same(
            @ForAll @Size(max = 32)
                    Map<@AlphaChars @StringLength(min = 1, max = 64) String, @StringLength(max = 100) String> any) {
        // A lone surrogate has no UTF-8.
        any.replaceAll((name, value) -> new String(bytes(value), UTF_8));

        assertThat(ReceiptParameters.ofQuery(form(any))).isEqualTo(any);
        assertThat(ReceiptParameters.ofForm(bytes(form(any)))).isEqualTo(any);
        assertThat(ReceiptParameters.ofJson(bytes(new JsonObject(Map.copyOf(any)).encode())))
                .isEqualTo(any);
    }

    @Test
    void a_number_in_JSON_is_read_as_it_is_written_and_null_is_nothing() {
        assertThat(ReceiptParameters.ofJson(
                        bytes("{\"price\":0.03330000,\"timestamp\":1795523377,\"a\":true,\"b\":null}")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("price", "0.03330000", "timestamp", "1795523377", "a", "true"));
    }

    @Test
    void nothing_is_no_parameters() {
        assertThat(ReceiptParameters.ofQuery(null)).isEmpty();
        assertThat(ReceiptParameters.ofQuery("")).isEmpty();
        assertThat(ReceiptParameters.ofForm(new byte[0])).isEmpty();
        assertThat(ReceiptParameters.ofJson(bytes("{}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1&a=2", "a=1&a=1", "a=%", "a=%zz", "a=%e", "a%20b=1", "%3Cb%3E=1", "a%0Ab=1", "é=1"})
    void a_query_that_is_not_as_meant_is_refused(String text) {
        refused(() -> ReceiptParameters.ofQuery(text), "query");
        refused(() -> ReceiptParameters.ofForm(bytes(text)), "body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"a\"",
                "5",
                "{",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1}x",
                "{\"a\":1}{}",
                "{\"a\":{}}",
                "{\"a\":[]}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":NaN}",
                "{\"\":1}",
                "{\"<b>\":1}",
                "{'a':1}",
                "{\"a\":111111111111111111111111111111111}"
            })
    void JSON_that_is_not_as_meant_is_refused(String text) {
        refused(() -> ReceiptParameters.ofJson(bytes(text)), "body");
    }

    @Test
    void names_values_and_their_number_are_bounded() {
        assertThat(ReceiptParameters.ofQuery(many(32))).hasSize(32);
        refused(() -> ReceiptParameters.ofQuery(many(33)), "query");
        refused(() -> ReceiptParameters.ofQuery(many(500)), "query");
        assertThat(ReceiptParameters.ofQuery("a=" + "x".repeat(512))).hasSize(1);
        refused(() -> ReceiptParameters.ofQuery("a=" + "x".repeat(513)), "query");
        assertThat(ReceiptParameters.ofQuery("a".repeat(64) + "=1")).hasSize(1);
        refused(() -> ReceiptParameters.ofQuery("a".repeat(65) + "=1"), "query");
        refused(() -> ReceiptParameters.ofJson(bytes("{\"a\":\"" + "x".repeat(513) + "\"}")), "body");
        refused(() -> ReceiptParameters.ofJson(bytes("{\"" + "a".repeat(65) + "\":1}")), "body");
        refused(() -> ReceiptParameters.ofJson(bytes("[".repeat(5_000))), "body");
    }

    private static String many(int count) {
        return IntStream.range(0, count).mapToObj(n -> "p" + n + "=1").collect(joining("&"));
    }
}
