package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.answerTo;
import static io.pims.authentication.facade.Messages.answerToNewPin;
import static io.pims.authentication.facade.Messages.code;
import static io.pims.authentication.facade.ScriptedService.envelope;
import static io.pims.authentication.facade.ScriptedService.pending;
import static io.pims.authentication.facade.ScriptedService.succeeded;
import static io.pims.authentication.facade.ScriptedService.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between the facade and the service, with real sockets. */
class NetworkErrorsTest {

    private static final String ENVELOPE = text("200 OK", envelope("SUCCEEDED", "\"result\":null"));

    @Test
    void nothing_listens() throws Exception {
        URI nobody = ScriptedService.nobody();

        Map<String, Object> message = answerTo(ScriptedService.client(nobody));

        assertThat(message).containsOnlyKeys("transactionId", "status", "error").containsEntry("status", "FAILED");
        assertThat(message.get("error")).isEqualTo(Map.of("code", 2202, "label", "Network problem : No internet"));
    }

    @Test
    void the_name_is_not_resolved() throws Exception {
        URI unknown = URI.create("https://pims.invalid");

        Map<String, Object> message = answerTo(ScriptedService.client(unknown));

        assertThat(code(message)).isEqualTo(2202);
    }

    @Test
    void a_name_that_is_not_resolved_is_no_reason_to_give_a_change_up_at_once() throws Exception {
        URI unknown = URI.create("https://pims.invalid");

        Map<String, Object> message = answerToNewPin(ScriptedService.client(unknown));

        assertThat(code(message)).isEqualTo(2202);
    }

    @Test
    void the_other_side_speaks_no_tls() throws Exception {
        try (ScriptedService plain = new ScriptedService(succeeded())) {
            URI secure = URI.create("https://127.0.0.1:" + plain.uri().getPort());

            Map<String, Object> message =
                    answerTo(ScriptedService.client(secure).answerTimeout(Duration.ofMillis(100)));

            assertThat(code(message)).isEqualTo(2202);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 40, 150})
    void the_connection_is_cut_half_way_each_time(int bytes) throws Exception {
        try (ScriptedService service = new ScriptedService(ScriptedService.raw(ENVELOPE.substring(0, bytes)))) {
            Map<String, Object> message = answerTo(service.client());

            assertThat(code(message)).isEqualTo(2202);
            assertThat(service.requests()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void a_change_that_the_service_may_have_got_is_not_repeated() throws Exception {
        try (ScriptedService service = new ScriptedService(ScriptedService.raw(""), succeeded())) {
            Map<String, Object> message = answerToNewPin(service.client());

            assertThat(code(message)).isEqualTo(2202);
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void a_transaction_never_ends() throws Exception {
        try (ScriptedService service = new ScriptedService(pending())) {
            Map<String, Object> message = answerTo(service.client().pollingBudget(Duration.ofMillis(500)));

            assertThat(code(message)).isEqualTo(2201);
            assertThat(message).containsEntry("transactionId", ScriptedService.ID);
        }
    }

    @Test
    void the_service_takes_the_request_and_says_nothing() throws Exception {
        try (ScriptedService service = new ScriptedService(ScriptedService.hang(""))) {
            ConfigurationBuilder client = service.client().longestWait(Duration.ZERO);

            Map<String, Object> message = answerTo(client.answerTimeout(Duration.ofMillis(50)));

            assertThat(code(message)).isEqualTo(2201);
        }
    }

    @Test
    void the_service_stops_in_the_middle_of_an_answer_and_is_asked_again() throws Exception {
        ScriptedServer.Answer half = ScriptedService.hang(ENVELOPE.substring(0, 120));
        try (ScriptedService service = new ScriptedService(half, succeeded())) {
            ConfigurationBuilder client = service.client().longestWait(Duration.ZERO);

            Map<String, Object> message =
                    answerTo(client.answerTimeout(Duration.ofMillis(200)).patience(Duration.ofSeconds(20)));

            assertThat(message).containsEntry("status", "SUCCEEDED");
        }
    }

    @Test
    void an_answer_never_ends() throws Exception {
        try (ScriptedService service =
                new ScriptedService(ScriptedService.drip("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n"))) {
            Map<String, Object> message = answerTo(service.client().pollingBudget(Duration.ofMillis(500)));

            assertThat(code(message)).isEqualTo(2201);
        }
    }
}
