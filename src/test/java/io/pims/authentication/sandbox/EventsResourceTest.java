package io.pims.authentication.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.TestDriver;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EventsResourceTest {

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @TestHTTPResource("/sandbox/events")
    URI events;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<HttpResponse<InputStream>> streams = new ArrayList<>();

    @BeforeEach
    void reset() {
        vonage.reset();
    }

    @AfterEach
    void hang_up() {
        streams.forEach(EventsResourceTest::close);
    }

    @Test
    void a_listener_is_told_of_now_and_of_each_change() throws Exception {
        Scanner lines = lines(listen());
        assertThat(next(lines).getJsonObject("provider").getString("behaviour")).isEqualTo("normal");

        vonage.behave(Behaviour.THROTTLE);

        assertThat(next(lines).getJsonObject("provider").getString("behaviour")).isEqualTo("throttle");
    }

    @Test
    void a_listener_is_told_of_the_life_of_a_transaction_and_of_its_sms() throws Exception {
        TestDriver driver = TestDriver.withNumber(issuer);
        Scanner lines = lines(listen());
        driver.asksForCodeAndWaits(15).then().statusCode(200);

        JsonObject snapshot = next(lines);
        while (ofDriver(snapshot, driver) == null
                || ofDriver(snapshot, driver).getString("status").equals("PENDING")) {
            snapshot = next(lines);
        }

        JsonObject transaction = ofDriver(snapshot, driver);
        assertThat(transaction.getString("status")).isEqualTo("SUCCEEDED");
        assertThat(transaction.getString("type")).isEqualTo("resetPIN");
        assertThat(transaction.getJsonArray("attemptLog").getJsonObject(0).getString("outcome"))
                .isEqualTo("ACCEPTED");
        assertThat(transaction.getValue("spentAt")).isNull();
        assertThat(snapshot.getJsonArray("messages").stream()
                        .map(JsonObject.class::cast)
                        .map(message -> message.getString("clientRef")))
                .contains(transaction.getString("id"));
        assertThat(snapshot.encode()).doesNotContain("number_hash", "ciphertext");
    }

    @Test
    void streams_are_bounded_and_one_that_is_closed_makes_room() throws Exception {
        for (int place = 0; place < EventsResource.MOST_STREAMS; place++) {
            assertThat(listen().statusCode()).isEqualTo(200);
        }
        assertThat(listen().statusCode()).isEqualTo(503);

        close(streams.get(0));

        await().until(() -> listen().statusCode() == 200);
    }

    private HttpResponse<InputStream> listen() throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(HttpRequest.newBuilder(events).build(), HttpResponse.BodyHandlers.ofInputStream());
        streams.add(response);
        return response;
    }

    private static Scanner lines(HttpResponse<InputStream> response) {
        return new Scanner(response.body());
    }

    private static JsonObject next(Scanner lines) {
        while (lines.hasNextLine()) {
            String line = lines.nextLine();
            if (line.startsWith("data:")) {
                return new JsonObject(line.substring("data:".length()));
            }
        }
        throw new AssertionError("The stream has ended");
    }

    private static JsonObject ofDriver(JsonObject snapshot, TestDriver driver) {
        return snapshot.getJsonArray("transactions").stream()
                .map(JsonObject.class::cast)
                .filter(transaction -> transaction.getString("user").equals(driver.name()))
                .findFirst()
                .orElse(null);
    }

    private static void close(HttpResponse<InputStream> stream) {
        try {
            stream.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
