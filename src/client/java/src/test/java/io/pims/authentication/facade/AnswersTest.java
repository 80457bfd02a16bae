package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.answerTo;
import static io.pims.authentication.facade.Messages.answerToNewPin;
import static io.pims.authentication.facade.Messages.code;
import static io.pims.authentication.facade.ScriptedService.envelope;
import static io.pims.authentication.facade.ScriptedService.error;
import static io.pims.authentication.facade.ScriptedService.failed;
import static io.pims.authentication.facade.ScriptedService.http;
import static io.pims.authentication.facade.ScriptedService.pending;
import static io.pims.authentication.facade.ScriptedService.succeeded;
import static io.pims.authentication.facade.ScriptedService.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the service says: handed on if it is an envelope, and within bounds. */
class AnswersTest {

    static List<String> noEnvelopes() {
        return List.of(
                text("200 OK", ""),
                text("200 OK", "<html>Sign in to the hotel's network</html>"),
                text("200 OK", "[]"),
                text("200 OK", "null"),
                text("200 OK", "{}"),
                text("200 OK", "{\"transactionId\":\"1\",\"status\":\"SUCCEEDED\"}"),
                text("200 OK", "{\"transactionId\":1,\"status\":\"SUCCEEDED\",\"result\":null}"),
                text("200 OK", "{\"transactionId\":\"../x\",\"status\":\"SUCCEEDED\",\"result\":null}"),
                text("200 OK", envelope("SUCEEDED", "\"result\":null")),
                text("200 OK", envelope("SUCCEEDED", "\"result\":null") + "{}"),
                text("200 OK", envelope("SUCCEEDED", "\"result\":null,\"result\":1")),
                text("200 OK", envelope("SUCCEEDED", "\"result\":" + "[".repeat(30_000) + "]".repeat(30_000))),
                text("200 OK", envelope("FAILED", "\"result\":null")),
                text("200 OK", envelope("FAILED", "\"error\":{\"code\":\"2204\",\"label\":\"Server Error\"}")),
                text("500 Internal Server Error", envelope("SUCCEEDED", "\"result\":null")),
                text("500 Internal Server Error", ""),
                text("502 Bad Gateway", "<html>nginx</html>"),
                text("302 Found\r\nLocation: https://elsewhere.example/", ""),
                text("404 Not Found", "no such page"),
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("noEnvelopes")
    void the_answer_is_no_envelope(String bytes) throws Exception {
        try (ScriptedService service = new ScriptedService(ScriptedService.raw(bytes))) {
            Map<String, Object> message = answerTo(service.client());

            assertThat(code(message)).isEqualTo(2204);
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void a_huge_answer_is_not_read_to_its_end() throws Exception {
        ScriptedServer.Answer endless = (out, self) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
            while (true) {
                out.write(new byte[8_192]);
            }
        };
        try (ScriptedService service = new ScriptedService(endless)) {
            Map<String, Object> message = answerTo(service.client().largestAnswer(1_000));

            assertThat(code(message)).isEqualTo(2204);
        }
    }

    @Test
    void an_answer_that_grows_when_it_is_unpacked_is_not_read_to_its_end() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[50_000_000]);
        }
        ScriptedServer.Answer bomb = (out, self) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n")
                    .getBytes(UTF_8));
            packed.writeTo(out);
        };
        try (ScriptedService service = new ScriptedService(bomb)) {
            Map<String, Object> message = answerTo(service.client());

            assertThat(code(message)).isEqualTo(2204);
        }
    }

    @Test
    void an_answer_that_never_comes_to_its_body_ends_the_change() throws Exception {
        ScriptedServer.Answer heads = (out, self) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            while (true) {
                out.write(("X-More: " + "x".repeat(1_000) + "\r\n").getBytes(UTF_8));
            }
        };
        try (ScriptedService service = new ScriptedService(heads)) {
            Map<String, Object> message = answerToNewPin(service.client());

            assertThat(code(message)).isEqualTo(2202);
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void an_answer_of_just_the_largest_size_is_read() throws Exception {
        String padded = envelope("SUCCEEDED", "\"result\":\"" + "x".repeat(200) + "\"");
        try (ScriptedService service = new ScriptedService(http("200 OK", padded))) {
            Map<String, Object> message = answerTo(service.client().largestAnswer(padded.length()));
            Map<String, Object> tooLarge = answerTo(service.client().largestAnswer(padded.length() - 1));

            assertThat(message).containsEntry("status", "SUCCEEDED");
            assertThat(code(tooLarge)).isEqualTo(2204);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "503 Service Unavailable, 2006, Core not well configured",
        "503 Service Unavailable, 2001, Facade not initialized",
        "429 Too Many Requests; Retry-After: 1, 2201, Timeout/Polling Timeout/Command Timeout",
        "409 Conflict, 2101, Missing trustedphonenumber parameter",
        "500 Internal Server Error, 2204, Server Error",
        "200 OK, 2202, Network problem : No internet",
        "400 Bad Request, 2999, A code of a later version",
    })
    void what_the_service_says_itself_is_handed_on(String statusLine, int code, String label) throws Exception {
        try (ScriptedService service = new ScriptedService(failed(statusLine.replace("; ", "\r\n"), code, label))) {
            Map<String, Object> message = answerTo(service.client());

            assertThat(message)
                    .containsEntry("transactionId", ScriptedService.ID)
                    .containsEntry("error", Map.of("code", code, "label", label));
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void a_service_that_is_not_ready_yet_is_asked_again_when_it_says() throws Exception {
        ScriptedServer.Answer starting =
                failed("503 Service Unavailable\r\nRetry-After: 0", 2001, "Facade not initialized");
        try (ScriptedService service = new ScriptedService(starting, starting, succeeded())) {
            Map<String, Object> message = answerTo(service.client().patience(Duration.ofSeconds(20)));

            assertThat(message).containsEntry("status", "SUCCEEDED");
        }
    }

    /** As a proxy says it whose service is away. */
    @Test
    void a_proxy_that_wants_to_be_asked_at_once_is_asked_at_the_facades_own_pace() throws Exception {
        ScriptedServer.Answer away = failed("503 Service Unavailable\r\nRetry-After: 0", 2204, "Server Error");
        try (ScriptedService service = new ScriptedService(away)) {
            Map<String, Object> message =
                    answerTo(service.client().pause(Duration.ofMillis(100)).patience(Duration.ofSeconds(1)));

            assertThat(code(message)).isEqualTo(2204);
            // Pauses of at least 50, 100, 200, 400 and 800 ms are more than the patience. OkHttp asks twice each time.
            assertThat(service.requests()).hasSizeBetween(2, 10);
        }
    }

    @Test
    void a_service_that_wants_more_patience_than_there_is_is_not_waited_for() throws Exception {
        ScriptedServer.Answer starting =
                failed("503 Service Unavailable\r\nRetry-After: 5", 2001, "Facade not initialized");
        try (ScriptedService service = new ScriptedService(starting, succeeded())) {
            Map<String, Object> message = answerTo(service.client());

            assertThat(code(message)).isEqualTo(2001);
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void a_change_is_not_repeated_for_a_service_that_is_not_ready() throws Exception {
        ScriptedServer.Answer away = failed("503 Service Unavailable\r\nRetry-After: 0", 2204, "Server Error");
        try (ScriptedService service = new ScriptedService(away, succeeded())) {
            Map<String, Object> message = answerToNewPin(service.client());

            assertThat(code(message)).isEqualTo(2204);
        }
    }

    @Test
    void a_change_that_would_be_pending_is_no_answer() throws Exception {
        try (ScriptedService service = new ScriptedService(pending())) {
            Map<String, Object> message = answerToNewPin(service.client());

            assertThat(code(message)).isEqualTo(2204);
        }
    }

    @Test
    void the_message_has_the_keys_of_the_envelope_and_no_more() throws Exception {
        String generous = envelope("SUCCEEDED", "\"result\":{\"phoneNumber\":\"+33612345678\"},\"more\":1");
        String mixed = envelope("FAILED", error(2204, "Server Error") + ",\"result\":null");
        try (ScriptedService good = new ScriptedService(http("200 OK", generous));
                ScriptedService bad = new ScriptedService(http("200 OK", mixed))) {
            Map<String, Object> succeeded = answerTo(good.client());
            Map<String, Object> failed = answerTo(bad.client());

            assertThat(succeeded)
                    .containsOnlyKeys("transactionId", "status", "result")
                    .containsEntry("result", Map.of("phoneNumber", "+33612345678"));
            assertThat(failed).containsOnlyKeys("transactionId", "status", "error");
        }
    }
}
