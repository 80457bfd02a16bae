package io.pims.authentication.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownPathsTest {

    private static Meter.Id id(String name, String uri) {
        return new Meter.Id(name, Tags.of("method", "GET", "uri", uri), null, null, Meter.Type.TIMER);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/authentication/drivers/alice, /v1/authentication/drivers/{user}",
        "/v1/authentication/drivers/alice/, /v1/authentication/drivers/{user}",
        "/v1/authentication/drivers/alice/recovery, /v1/authentication/drivers/{user}/recovery",
        "/v1/authentication/drivers/auth0%7Calice/unblock, /v1/authentication/drivers/{user}/unblock",
        "/v1/authentication/drivers/alice/anything, NOT_FOUND",
        "/v1/authentication/drivers/{user}, /v1/authentication/drivers/{user}",
        "/v1/authentication/smscode/01a20d50-c179-7fd2-a9fd-55a9d126b917, /v1/authentication/smscode/{transactionId}",
        "/v1/authentication/smscode, /v1/authentication/smscode",
        "/v1/authentication/receipt/messages, /v1/authentication/receipt/messages",
        "/v1/authentication/+33612345678, NOT_FOUND",
        "/v1/%61uthentication/drivers/alice, NOT_FOUND",
        "/v1/./authentication/drivers/alice, NOT_FOUND",
        "/v1/x/../authentication/drivers/alice, NOT_FOUND",
        "/api/v1/authentication/drivers/alice, NOT_FOUND",
        "/v1;x/authentication/drivers/alice, NOT_FOUND",
        "/v1/made-up, NOT_FOUND",
        "made-up:80, NOT_FOUND",
        "NOT_FOUND, NOT_FOUND",
        "REDIRECTION, REDIRECTION",
        "UNKNOWN, UNKNOWN",
        "root, root"
    })
    void what_a_client_puts_into_a_path_is_in_no_label(String path, String label) {
        Meter.Id mapped = new KnownPaths().map(id("http.server.requests", path));

        assertThat(mapped.getTag("uri")).isEqualTo(label);
        assertThat(mapped.getTag("method")).isEqualTo("GET");
    }

    @Test
    void meters_of_others_are_left_alone() {
        Meter.Id other = id("http.client.requests", "/v1/authentication/drivers/alice");

        assertThat(new KnownPaths().map(other)).isEqualTo(other);
    }
}
