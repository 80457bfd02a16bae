package io.pims.authentication.sms.vonage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerPartsTest {

    private static final String ONE = "{\"messages\":[{\"status\":\"0\"}]}";

    private static String read(String answer) {
        return new String(AnswerParts.of(answer.getBytes(UTF_8)), UTF_8);
    }

    @Test
    void status_and_id_of_each_part_are_all_that_is_handed_on() {
        assertThat(read(ScriptedVonage.json("0", "7")))
                .isEqualTo("{\"messages\":[{\"status\":\"0\",\"message-id\":\"0C0001\"},"
                        + "{\"status\":\"7\",\"message-id\":\"0C0001\"}]}");
    }

    @Property(tries = 500)
    void no_other_field_changes_anything(
            @ForAll("statuses") List<String> statuses,
            @ForAll("fields") Map<String, Object> inParts,
            @ForAll("fields") Map<String, Object> around) {
        JsonArray parts = new JsonArray();
        JsonArray bare = new JsonArray();
        for (String status : statuses) {
            parts.add(new JsonObject(inParts).copy().put("status", status));
            bare.add(new JsonObject().put("status", status));
        }

        assertThat(read(new JsonObject(around).put("messages", parts).encode()))
                .isEqualTo(read(new JsonObject().put("messages", bare).encode()));
    }

    @Provide
    Arbitrary<List<String>> statuses() {
        return Arbitraries.of("0", "1", "4", "7", "13", "999", "", "x").list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<Map<String, Object>> fields() {
        Arbitrary<String> known = Arbitraries.of(
                "to",
                "remaining-balance",
                "message-price",
                "network",
                "error-text",
                "client-ref",
                "account-ref",
                "Status");
        Arbitrary<String> names = Arbitraries.oneOf(known, Arbitraries.strings().ofMaxLength(20))
                .filter(name -> !List.of("status", "messages", "message-id", "message-count")
                        .contains(name));
        return Arbitraries.maps(names, values(2)).ofMaxSize(6);
    }

    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30).map(text -> (Object) text),
                Arbitraries.of("0", "3,14", "", "-1", "status").map(text -> (Object) text),
                Arbitraries.bigDecimals().map(number -> (Object) number),
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.of(true, false).map(flag -> (Object) flag));
        if (depth == 0) {
            return scalar;
        }
        return Arbitraries.oneOf(
                scalar,
                values(depth - 1).list().ofMaxSize(3).map(list -> (Object) new JsonArray(list)),
                Arbitraries.maps(Arbitraries.of("status", "messages", "x"), values(depth - 1))
                        .map(object -> (Object) new JsonObject(object)));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"1\"', true",
        "1, true",
        "'\"0\"', true",
        "'\"2\"', false",
        "2, false",
        "'\"\"', true",
        "'\"many\"', true",
        "null, true",
        "{}, true",
        "[2], true",
        "2.0, true",
        "-2, true",
        "99999999999, true"
    })
    void a_part_that_is_counted_and_not_told_of_has_no_status(String count, boolean complete) {
        String told = complete ? "{\"status\":\"0\"}" : "{\"status\":\"0\"},{}";

        assertThat(read("{\"message-count\":" + count + ",\"messages\":[{\"status\":\"0\"}]}"))
                .isEqualTo("{\"messages\":[" + told + "]}");
        assertThat(read("{\"messages\":[{\"status\":\"0\"}],\"message-count\":" + count + "}"))
                .isEqualTo("{\"messages\":[" + told + "]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "0",
                "\"0\"",
                "{",
                "{}",
                "<html>",
                "{\"messages\":null}",
                "{\"messages\":[]}",
                "{\"messages\":{}}",
                "{\"messages\":{\"status\":\"0\"}}",
                "{\"messages\":\"0\"}",
                "{\"messages\":[{\"status\":\"0\"}",
                "{\"messages\":[{\"status\":\"0\"}],\"messages\":[{\"status\":\"0\"}]}",
                "{\"messages\":[{\"status\":\"0\"}],\"x\":nope}",
                "{\"messages\":[{\"status\":\"0\"}],\"x\":3,14}",
                "{\"Messages\":[{\"status\":\"0\"}]}"
            })
    void what_has_no_messages_has_no_parts(String answer) {
        assertThat(read(answer)).isIn("{}", "{\"messages\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "0", "\"0\"", "[]", "[{\"status\":\"0\"}]", "{}", "{\"Status\":\"0\"}", "true"})
    void a_part_that_is_none_has_no_status(String part) {
        assertThat(read("{\"messages\":[" + part + "]}")).isEqualTo("{\"messages\":[{}]}");
        assertThat(read("{\"messages\":[{\"status\":\"0\"}," + part + "]}"))
                .isEqualTo("{\"messages\":[{\"status\":\"0\"},{}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "true", "1.5", "\"\"", "\"a b\"", "\"\\u0000\"", "\"\\\"}\"", "\"é\""})
    void an_id_that_is_none_is_left_out(String id) {
        assertThat(read("{\"messages\":[{\"message-id\":" + id + ",\"status\":\"0\"}]}"))
                .isEqualTo(ONE);
        assertThat(read("{\"messages\":[{\"message-id\":\"" + "a".repeat(65) + "\",\"status\":\"0\"}]}"))
                .isEqualTo(ONE);
    }

    @Test
    void whatever_fits_into_an_answer_may_be_in_a_field_that_nobody_reads() {
        String deep = "[".repeat(20_000) + "]".repeat(20_000);

        assertThat(read("{\"x\":" + deep + ",\"messages\":[{\"status\":\"0\"}]}"))
                .isEqualTo(ONE);
        assertThat(read("{\"messages\":[{\"status\":\"0\",\"network\":" + "9".repeat(50_000) + "}]}"))
                .isEqualTo(ONE);
        assertThat(read("{\"messages\":[{\"status\":\"0\",\"" + "n".repeat(60_000) + "\":1}]}"))
                .isEqualTo(ONE);
        assertThat(read("{\"messages\":[{\"error-text\":\"tab\there \\x\",\"status\":\"0\"}]}"))
                .isEqualTo(ONE);
        byte[] latin = "{\"messages\":[{\"error-text\":\"refusé\",\"status\":\"0\"}]}".getBytes(ISO_8859_1);
        assertThat(new String(AnswerParts.of(latin), UTF_8)).isEqualTo(ONE);
    }
}
