package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.ProviderSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection is closed for, and what it lives through, over HTTP/2 and beside it over HTTP/1.1. */
class Http2IT {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** Before the request, so that its wait ends after the time-out of whatever was armed before. */
    private static final Duration BEFORE = Duration.ofSeconds(4);

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final String SETTINGS = "\0\0\0\4\0\0\0\0\0";
    private static final String SETTINGS_ACK = "\0\0\0\4\1\0\0\0\0";
    private static final String PING = "\0\0\10\6\0\0\0\0\0pingping";
    /** The head of a frame of 1,024 bytes. */
    private static final String HALF_HEADERS = "\0\4\0\1\5\0\0\0\1";

    private static Installation installation;
    private static URI service;
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        installation = new Installation(Http2IT.class);
        Replica replica = installation
                .launch(Map.of(
                        "pims.message.answer-timeout",
                        ANSWER_TIMEOUT.toSeconds() + "s",
                        "pims.smscode.longest-wait",
                        LONGEST_WAIT.toSeconds() + "s",
                        "pims.database.patience",
                        "2s",
                        "quarkus.http.idle-timeout",
                        "20s"))
                .awaitReady();
        service = URI.create(replica.address());
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        result(vertx.close());
        installation.close();
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.multipliedBy(4)).until(() -> true);
    }

    @Test
    void a_frame_that_wants_no_answer_does_not_cut_a_later_wait_short() throws Exception {
        installation.vonage().behave(ProviderSettings.of(Behaviour.HANG));
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false),
                new PoolOptions().setHttp2MaxSize(1));
        HttpClientRequest first = request(client, HttpMethod.GET);
        // RFC 9113, section 6.9: WINDOW_UPDATE, which nobody answers.
        result(first.send()
                .compose(HttpClientResponse::body)
                .onSuccess(body -> first.connection().setWindowSize(1 << 20)));
        pass(BEFORE);

        HttpClientRequest waiting = request(client, HttpMethod.POST);
        waiting.putHeader("Prefer", "wait=" + LONGEST_WAIT.toSeconds()).putHeader("Content-Type", "application/json");
        String answer = result(waiting.send("{\"type\":\"resetPIN\"}")
                .compose(response -> response.body()
                        .map(body -> response.statusCode() + " "
                                + body.toJsonObject().getString("status"))));

        assertThat(answer).isEqualTo("202 PENDING");
        assertThat(waiting.connection()).isSameAs(first.connection());
    }

    private static HttpClientRequest request(HttpClient client, HttpMethod method) throws Exception {
        HttpClientRequest request =
                result(client.request(method, service.getPort(), service.getHost(), Replica.SMSCODE));
        request.putHeader("Authorization", "Bearer " + installation.driver().token());
        return request;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r\n\r\n\r\n"})
    void what_is_no_request_does_not_cut_a_later_wait_short(String between) throws IOException {
        installation.vonage().behave(ProviderSettings.of(Behaviour.HANG));
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(between);
            pass(BEFORE);

            String answers = connection
                    .send(post("wait=" + LONGEST_WAIT.toSeconds(), ""))
                    .send(post("wait=1", "Connection: close\r\n"))
                    .readToEnd();

            assertThat(answers.split("HTTP/1.1 202 ")).as(answers).hasSize(3);
            assertThat(answers).endsWith("\"status\":\"PENDING\",\"result\":null}");
        }
    }

    private static String post(String wait, String headers) {
        String body = "{\"type\":\"resetPIN\"}";
        return "POST " + Replica.SMSCODE + " HTTP/1.1\r\nHost: pims\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + installation.driver().token() + "\r\nPrefer: " + wait + "\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    enum Frames {
        /** Headers, one byte at a time. */
        HALF_A_FRAME(PREFACE + SETTINGS + SETTINGS_ACK + HALF_HEADERS, "\0"),
        PINGS(PREFACE + SETTINGS + SETTINGS_ACK, PING),
        SETTINGS_FRAMES(PREFACE, SETTINGS),
        /** RFC 9113, section 4.1: frames of unknown types are ignored. */
        UNKNOWN_FRAMES(PREFACE + SETTINGS, "\0\0\0\177\0\0\0\0\0");

        private final String first;
        private final String again;

        Frames(String first, String again) {
            this.first = first;
            this.again = again;
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_asks_for_nothing_is_let_go_of_though_never_idle(Frames frames) throws IOException {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(frames.first);

            await().atMost(ANSWER_TIMEOUT.multipliedBy(3))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> connection.isClosedAfter(frames.again));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_1_1, 8000, 401", "HTTP_1_1, 15000, 401", "HTTP_1_1, 17000, 431",
        "HTTP_2, 8000, 401", "HTTP_2, 15000, 401", "HTTP_2, 17000, 431"
    })
    void headers_have_the_same_bound_over_both(java.net.http.HttpClient.Version version, int length, int status)
            throws Exception {
        java.net.http.HttpClient client =
                java.net.http.HttpClient.newBuilder().version(version).build();
        // The upgrade, which is by HTTP/1.1.
        client.send(HttpRequest.newBuilder(service).build(), BodyHandlers.ofString());

        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(service.resolve(Replica.SMSCODE + "/x"))
                        .header("X-Long", "x".repeat(length))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource
    void a_URL_has_the_same_bound_over_both(java.net.http.HttpClient.Version version) throws Exception {
        java.net.http.HttpClient client =
                java.net.http.HttpClient.newBuilder().version(version).build();
        client.send(HttpRequest.newBuilder(service).build(), BodyHandlers.ofString());

        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(service.resolve("/" + "x".repeat(5_000))).build(), BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).isEqualTo(414);
    }
}
