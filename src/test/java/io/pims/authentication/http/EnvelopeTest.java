package io.pims.authentication.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The envelopes of the SDK's page on smscode-resetPIN, on one line each and with a whole id. */
class EnvelopeTest {

    private static final UUID ID = UUID.fromString("953cfefb-bc72-7000-8000-000000000000");

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void a_succeeded_message_is_the_pages_own() throws JsonProcessingException {
        String expected = """
                {"transactionId":"953cfefb-bc72-7000-8000-000000000000","status":"SUCCEEDED","result":null}""";

        assertThat(json.writeValueAsString(Envelope.succeeded(ID))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2001, Facade not initialized",
        "2006, Core not well configured",
        "2101, Missing [PARAMETER] parameter",
        "2102, Invalid [PARAMETER] parameter",
        "2201, Timeout/Polling Timeout/Command Timeout",
        "2202, Network problem : No internet",
        "2204, Server Error",
    })
    void a_failed_message_is_the_pages_own(int code, String label) throws JsonProcessingException {
        String expected = """
                {"transactionId":"953cfefb-bc72-7000-8000-000000000000","status":"FAILED",\
                "error":{"code":%d,"label":"%s"}}""".formatted(code, label);

        assertThat(json.writeValueAsString(Envelope.failed(ID, ErrorCode.of(code), null)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2101, Missing type parameter", "2102, Invalid type parameter", "2204, Server Error"})
    void a_parameter_takes_its_place_in_the_label_where_there_is_one(int code, String label)
            throws JsonProcessingException {
        assertThat(json.writeValueAsString(Envelope.failed(ID, ErrorCode.of(code), "type")))
                .contains("\"label\":\"" + label + "\"");
    }

    @Test
    void a_pending_message_has_a_result_of_null_and_no_error() throws JsonProcessingException {
        String expected = """
                {"transactionId":"953cfefb-bc72-7000-8000-000000000000","status":"PENDING","result":null}""";

        assertThat(json.writeValueAsString(Envelope.pending(ID))).isEqualTo(expected);
    }

    @Test
    void a_result_stands_where_the_null_was() throws JsonProcessingException {
        Envelope message = Envelope.succeeded(ID, Map.of("isAccountBlocked", false));

        assertThat(json.writeValueAsString(message)).endsWith("\"result\":{\"isAccountBlocked\":false}}");
        assertThat(message.transactionId()).isEqualTo(ID.toString());
    }

    @Test
    void an_unknown_number_is_no_error_code() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorCode.of(2000))
                .withMessageContaining("2000");
    }
}
