package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger finds at the ports of the production artefact, and how far a slow one gets. */
class ExposureIT {

    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(6);
    private static final String END = "Connection: close\r\n\r\n";
    private static final String REST = "Host: pims\r\n" + END;
    private static final String POST = "POST /v1/authentication/smscode HTTP/1.1\r\nHost: pims\r\n";

    private static Installation installation;
    private static Replica replica;
    private static URI service;

    @BeforeAll
    static void start() {
        installation = new Installation(ExposureIT.class);
        replica = installation
                .launch(Map.of(
                        "pims.message.body-timeout", BODY_TIMEOUT.toSeconds() + "s",
                        "pims.message.answer-timeout", ANSWER_TIMEOUT.toSeconds() + "s",
                        "pims.smscode.longest-wait", "1s",
                        "pims.database.patience", "5s",
                        "quarkus.http.idle-timeout", IDLE_TIMEOUT.toSeconds() + "s"))
                .awaitReady();
        service = URI.create(replica.address());
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/q",
                "/q/health",
                "/q/health/live",
                "/q/health/ready",
                "/q/metrics",
                "/q/openapi",
                "/q/openapi/",
                "/q/openapi?format=json",
                "/q/openapi.json",
                "/q/openapi.yml",
                "/q/openapi.yaml",
                "/q/openapi/x",
                "/q//openapi",
                "//q/openapi",
                "/q/../q/openapi",
                "/%71/openapi",
                "/q/%6fpenapi",
                "/Q/OPENAPI",
                "/openapi",
                "/q/",
                "/q/arc",
                "/.well-known/security.txt",
                "/v1",
                "/v1/authentication",
                "/v1/authentication/sms",
                "/q/swagger-ui",
                "/q/swagger-ui/",
                "/q/dev-ui",
                "/sandbox/token?user=demo"
            })
    void the_port_of_the_API_has_nothing_but_the_API(String path) throws IOException {
        for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW")) {
            String answer = RawConnection.exchange(service, method + " " + path + " HTTP/1.1\r\n" + REST);

            assertThat(answer)
                    .as(method)
                    .startsWith("HTTP/1.1 404 ")
                    .containsIgnoringCase("\r\nContent-Type: application/json")
                    .contains("\r\n\r\n{\"transactionId\":\"")
                    .endsWith("\"status\":\"FAILED\",\"error\":{\"code\":2102,\"label\":\"Invalid path parameter\"}}");
        }
        assertThat(RawConnection.exchange(service, "HEAD " + path + " HTTP/1.1\r\n" + REST))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("\r\n\r\n");
    }

    @Test
    void the_management_port_has_health_and_metrics_and_nothing_of_the_API() throws IOException {
        URI management = replica.management();

        assertThat(get(management, "/q/health/ready"))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"UP\"");
        assertThat(get(management, "/q/metrics"))
                .startsWith("HTTP/1.1 200 ")
                .contains("\nhttp_server_requests_seconds_count");
        assertThat(get(management, "/v1/authentication/account")).startsWith("HTTP/1.1 404 ");
        assertThat(get(management, "/q/openapi")).startsWith("HTTP/1.1 404 ");
    }

    static Stream<Arguments> answers() {
        String json = "Content-Type: application/json\r\nAuthorization: Bearer "
                + installation.driver().token() + "\r\n";
        String body = "{\"type\":\"resetPIN\"}";
        return Stream.of(
                Arguments.of(202, POST + json + length(body) + END + body),
                Arguments.of(401, POST + "Content-Type: application/json\r\n" + length(body) + END + body),
                Arguments.of(400, POST + json + length("{}") + END + "{}"),
                Arguments.of(413, POST + json + "Content-Length: 20000\r\n" + END),
                Arguments.of(415, POST + json.replace("json", "xml") + length(body) + END + body),
                Arguments.of(404, "GET /v1/authentication/smscode/x HTTP/1.1\r\n" + json + REST),
                Arguments.of(404, "GET /q/openapi HTTP/1.1\r\n" + REST),
                Arguments.of(404, "GET /nothing/here HTTP/1.1\r\n" + REST),
                Arguments.of(405, "DELETE /v1/authentication/smscode HTTP/1.1\r\n" + REST));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void every_answer_keeps_out_of_caches_and_pages_and_names_no_product(int status, String request)
            throws IOException {
        String answer = RawConnection.exchange(service, request);

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("\r\nCache-Control: no-store\r\n")
                .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n")
                .containsIgnoringCase("\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n")
                .containsIgnoringCase("\r\nReferrer-Policy: no-referrer\r\n")
                .as("RFC 6797, section 7.2: not over plain HTTP")
                .doesNotContainIgnoringCase("Strict-Transport-Security");
        assertNamesNoProduct(answer);
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of(431, "GET / HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n" + REST),
                Arguments.of(414, "GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n" + REST),
                Arguments.of(400, "GET /v1/authentication/%zz HTTP/1.1\r\n" + REST),
                Arguments.of(400, "GET / HTTP/1.1\r\nNo header\r\n" + REST));
    }

    /** The HTTP server answers these by itself, with an empty body and no headers, before anything of ours is asked. */
    @ParameterizedTest
    @MethodSource("unreadable")
    void what_is_no_request_is_refused_without_a_word(int status, String request) throws IOException {
        String answer = RawConnection.exchange(service, request);

        assertThat(answer).matches("(?s)HTTP/1\\.[01] " + status + " .*\r\n\r\n");
        assertNamesNoProduct(answer);
    }

    private static void assertNamesNoProduct(String answer) {
        assertThat(answer)
                .doesNotContainIgnoringCase("\r\nServer:")
                .doesNotContainIgnoringCase("\r\nX-Powered-By:")
                .doesNotContainIgnoringCase("quarkus")
                .doesNotContainIgnoringCase("vert.x")
                .doesNotContainIgnoringCase("exception");
    }

    @Test
    void no_page_of_another_origin_is_let_in() throws IOException {
        String preflight = RawConnection.exchange(
                service,
                "OPTIONS /v1/authentication/smscode HTTP/1.1\r\nOrigin: https://elsewhere.example\r\n"
                        + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n"
                        + REST);
        String request = RawConnection.exchange(
                service, "GET /v1/authentication/account HTTP/1.1\r\nOrigin: https://elsewhere.example\r\n" + REST);

        assertThat(preflight).startsWith("HTTP/1.1 ").doesNotContainIgnoringCase("Access-Control-");
        assertThat(request).startsWith("HTTP/1.1 401 ").doesNotContainIgnoringCase("Access-Control-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "POST /v1/authentication/smscode HTTP/1.1\r\nHost: pi",
                "POST /v1/authentication/smscode HTTP/1.1\r\nHost: pims\r\nContent-Length: 19\r\n\r\n{\"type\":",
                "POST /v1/authentication/smscode HTTP/1.1\r\nHost: pims\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"ty"
            })
    void who_stops_in_the_middle_of_a_request_is_let_go_of_and_others_are_served(String half) throws IOException {
        try (RawConnection slow = new RawConnection(service)) {
            slow.send(half);
            String other = get(service, "/v1/authentication/account");
            String answer = slow.readToEnd();

            assertThat(other).startsWith("HTTP/1.1 401 ");
            assertThat(answer).doesNotContain("HTTP/1.1 2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 16000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n3000\r\n"})
    void who_sends_a_body_byte_by_byte_is_cut_off_though_never_idle(String framing) throws IOException {
        String token = installation.driver().token();
        try (RawConnection slow = new RawConnection(service)) {
            slow.send(POST + "Content-Type: application/json\r\nAuthorization: Bearer " + token + "\r\n" + framing);

            await().pollInterval(IDLE_TIMEOUT.dividedBy(30)).until(() -> {
                assertThat(get(service, "/v1/authentication/account")).startsWith("HTTP/1.1 401 ");
                return slow.isClosedAfter(" ");
            });
        }
        assertThat(replica.output()).contains("Cut off: the body does not come").doesNotContain("\"ERROR\"");
    }

    static Stream<Arguments> slowHeads() {
        return Stream.of(
                Arguments.of("", "\r\n"),
                Arguments.of("GET /", "x"),
                Arguments.of("GET / HTTP/1.1\r\nHost: pims\r\nX-Slow: ", "x"),
                Arguments.of("GET / HTTP/1.1\r\nHost: pims\r\n", "X: y\r\n"));
    }

    @ParameterizedTest
    @MethodSource("slowHeads")
    void who_sends_headers_byte_by_byte_is_cut_off_though_never_silent(String half, String more) throws IOException {
        try (RawConnection slow = new RawConnection(service)) {
            slow.send(half);

            await().atMost(IDLE_TIMEOUT.multipliedBy(8))
                    .pollInterval(IDLE_TIMEOUT.dividedBy(30))
                    .until(() -> slow.isClosedAfter(more));
        }
    }

    @Test
    void over_HTTP_2_the_slow_stream_alone_is_cut_off_and_its_connection_serves_on() throws Exception {
        HttpClientOptions priorKnowledge =
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
        Vertx vertx = Vertx.vertx();
        try {
            HttpClient client = vertx.createHttpClient(priorKnowledge, new PoolOptions().setHttp2MaxSize(1));
            HttpClientRequest slow =
                    result(client.request(HttpMethod.POST, service.getPort(), service.getHost(), Replica.SMSCODE));
            slow.putHeader("Content-Type", "application/json")
                    .putHeader(
                            "Authorization", "Bearer " + installation.driver().token())
                    .setChunked(true)
                    .write("{\"type\":");

            assertThatThrownBy(() -> result(slow.response())).hasRootCauseInstanceOf(StreamResetException.class);
            HttpClientRequest other =
                    result(client.request(HttpMethod.GET, service.getPort(), service.getHost(), Replica.SMSCODE));
            HttpClientResponse answer = result(other.send());

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(other.connection()).isSameAs(slow.connection());
        } finally {
            result(vertx.close());
        }
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_body_that_came_in_time_costs_nobody_the_connection_though_it_was_never_read() throws IOException {
        String refused = POST + "Content-Type: application/xml\r\nContent-Length: 4\r\n\r\n<a/>";
        try (RawConnection kept = new RawConnection(service)) {
            int length = RawConnection.exchange(service, refused.replace("pims\r\n", "pims\r\nConnection: close\r\n"))
                    .length();
            long end = System.nanoTime() + BODY_TIMEOUT.multipliedBy(2).toNanos();
            do {
                assertThat(kept.send(refused).read(length))
                        .startsWith("HTTP/1.1 415 ")
                        .endsWith("}}");
            } while (System.nanoTime() < end);
        }
    }

    private static String get(URI server, String path) throws IOException {
        return RawConnection.exchange(server, "GET " + path + " HTTP/1.1\r\n" + REST);
    }

    private static String length(String body) {
        return "Content-Length: " + body.length() + "\r\n";
    }
}
