package io.pims.authentication.smscode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pims.authentication.message.ApiException;
import io.pims.authentication.message.ErrorCode;
import java.util.HexFormat;
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
        assertThat(IdempotencyKey.of(List.of(), "resetPIN")).isEmpty();
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

    @Test
    void the_fingerprint_tells_what_was_asked_for_and_not_under_which_key() {
        assertThat(fingerprint("k", "resetPIN")).isEqualTo(fingerprint("other", "resetPIN"));
        assertThat(fingerprint("k", "resetPIN")).isNotEqualTo(fingerprint("k", "phoneNumberCertification"));
        assertThat(fingerprint("k", "resetPIN")).isNotEqualTo(fingerprint("k", "resetPIN", ""));
    }

    /** Stored, and compared with what other builds stored: {@code printf resetPIN | sha256sum}. */
    @Test
    void the_fingerprint_is_sha_256() {
        assertThat(HexFormat.of().formatHex(fingerprint("k", "resetPIN")))
                .isEqualTo("c178bbdd19803f8bf630463249b1ebf4eec148e22e4c5996a2f934a94052fd66");
    }

    private static void assertRefused(List<String> headers) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> IdempotencyKey.of(headers, "resetPIN"))
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(400);
                    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
                    assertThat(refusal.parameter()).isEqualTo("Idempotency-Key");
                });
    }

    private static String key(String header) {
        return IdempotencyKey.of(List.of(header), "resetPIN").orElseThrow().key();
    }

    private static byte[] fingerprint(String header, String... asked) {
        return IdempotencyKey.of(List.of(header), asked).orElseThrow().fingerprint();
    }
}
