package io.pims.authentication.smscode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8e03978e-40d5-43dd-bc93-6894a57f9324",
                "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"",
            })
    void a_key_is_the_same_with_quotes_and_without(String header) {
        assertThat(key(header)).isEqualTo("8e03978e-40d5-43dd-bc93-6894a57f9324");
    }

    @Test
    void a_request_without_the_header_has_no_key() {
        assertThat(IdempotencyKey.of(List.of())).isEmpty();
    }

    @Test
    void up_to_255_characters_are_taken() {
        String longest = "k".repeat(255);

        assertThat(key(longest)).isEqualTo(longest);
        assertThat(key('"' + longest + '"')).isEqualTo(longest);
        assertThat(key("!")).isEqualTo("!");
        assertThat(key("~")).isEqualTo("~");
        assertRefused(List.of(longest + "k"));
        assertRefused(List.of('"' + longest + "k\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "\"",
                "\"a",
                "a\"",
                "a\"b",
                "\"a\"b\"",
                "a b",
                " a",
                "a ",
                "a\u0000",
                "a\n",
                "a\r\nb",
                "\ta",
                "a\u007f",
                "\u00e9",
                "\ud83d\ude97",
                "\"a\"; b=c"
            })
    void what_is_no_key_is_refused(String header) {
        assertRefused(List.of(header));
    }

    @Test
    void two_headers_are_refused_also_if_they_are_equal() {
        assertRefused(List.of("a", "a"));
    }

    private static void assertRefused(List<String> headers) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> IdempotencyKey.of(headers))
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(400);
                    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
                    assertThat(refusal.parameter()).isEqualTo("Idempotency-Key");
                });
    }

    private static String key(String header) {
        return IdempotencyKey.of(List.of(header)).orElseThrow();
    }
}
