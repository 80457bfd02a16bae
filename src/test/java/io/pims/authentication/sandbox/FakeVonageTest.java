package io.pims.authentication.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FakeVonageTest {

    private static final String NUMBER = "33612345678";

    private static FakeVonage vonage;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        vonage = FakeVonage.start(FreePort.find());
    }

    @AfterAll
    static void stop() {
        vonage.close();
    }

    @BeforeEach
    void reset() {
        vonage.reset();
    }

    @Test
    void an_accepted_message_is_answered_as_documented_and_recorded() throws Exception {
        HttpResponse<String> answer = send(sms(NUMBER));

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject body = new JsonObject(answer.body());
        assertThat(body.getString("message-count")).isEqualTo("1");
        assertThat(onlyMessage(answer).getMap())
                .containsEntry("to", NUMBER)
                .containsEntry("status", "0")
                .containsEntry("client-ref", "a-transaction")
                .containsKeys("message-id", "remaining-balance", "message-price", "network");
        assertThat(vonage.messages()).singleElement().satisfies(message -> {
            assertThat(message.to()).isEqualTo("+" + NUMBER);
            assertThat(message.from()).isEqualTo("Pims");
            assertThat(message.text()).isEqualTo("Código 123456 & more");
            assertThat(message.clientRef()).isEqualTo("a-transaction");
        });
    }

    @Test
    void credentials_may_come_as_basic_authentication_as_the_sdk_sends_them() throws Exception {
        Map<String, String> form = sms(NUMBER);
        form.keySet().removeIf(name -> name.startsWith("api_"));
        String basic =
                Base64.getEncoder().encodeToString((FakeVonage.API_KEY + ":" + FakeVonage.API_SECRET).getBytes(UTF_8));

        HttpRequest request =
                request(form).setHeader("Authorization", "Basic " + basic).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(status(answer)).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(SmsStatus.class)
    void every_documented_status_is_provoked_by_a_number(SmsStatus status) throws Exception {
        HttpResponse<String> answer = send(sms("33612999%03d".formatted(status.code())));

        assertThat(status(answer)).isEqualTo(Integer.toString(status.code()));
        assertThat(onlyMessage(answer).getString("error-text")).isEqualTo(status.text());
        assertThat(vonage.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"33612999000", "33612999013", "33612999099"})
    void a_number_that_asks_for_no_documented_status_is_an_ordinary_one(String number) throws Exception {
        assertThat(status(send(sms(number)))).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"api_key,4", "api_secret,4", "to,2", "from,2", "text,2"})
    void a_parameter_that_is_missing_is_refused(String parameter, String status) throws Exception {
        Map<String, String> form = sms(NUMBER);
        form.remove(parameter);

        assertThat(status(send(form))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"REFUSE,6", "THROTTLE,1", "BAD_CREDENTIALS,4"})
    void a_refusing_provider_sends_nothing(Behaviour behaviour, String status) throws Exception {
        vonage.behave(behaviour);

        assertThat(status(send(sms(NUMBER)))).isEqualTo(status);
        assertThat(vonage.messages()).isEmpty();
    }

    @Test
    void an_error_is_a_5xx() throws Exception {
        vonage.behave(Behaviour.ERROR);

        assertThat(send(sms(NUMBER)).statusCode()).isEqualTo(503);
    }

    @Test
    void garbage_is_a_200_that_is_not_json() throws Exception {
        vonage.behave(Behaviour.GARBAGE);

        HttpResponse<String> answer = send(sms(NUMBER));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("<html>");
    }

    @Test
    void a_half_answer_breaks_off_though_the_message_was_sent() {
        vonage.behave(Behaviour.HALF);

        assertThatThrownBy(() -> send(sms(NUMBER))).isInstanceOf(IOException.class);
        assertThat(vonage.messagesTo(NUMBER)).hasSize(1);
    }

    @Test
    void a_slow_provider_has_sent_the_message_when_the_client_gives_up() {
        vonage.behave(Behaviour.SLOW);

        assertThatThrownBy(() -> send(sms(NUMBER), Duration.ofMillis(300))).isInstanceOf(HttpTimeoutException.class);
        assertThat(vonage.messagesTo(NUMBER)).hasSize(1);
    }

    @Test
    void a_slow_provider_answers_in_the_end() throws Exception {
        vonage.behave(new ProviderSettings(Behaviour.SLOW, 400, true));
        long start = System.nanoTime();

        assertThat(status(send(sms(NUMBER)))).isEqualTo("0");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(390));
    }

    @Test
    void a_hanging_provider_neither_answers_nor_sends() {
        vonage.behave(Behaviour.HANG);

        assertThatThrownBy(() -> send(sms(NUMBER), Duration.ofMillis(300))).isInstanceOf(HttpTimeoutException.class);
        assertThat(vonage.messages()).isEmpty();
    }

    @Test
    void an_unreachable_provider_refuses_connections_and_comes_back_at_the_same_port() throws Exception {
        URI before = vonage.baseUri();
        vonage.behave(Behaviour.UNREACHABLE);
        assertThatThrownBy(() -> send(sms(NUMBER))).isInstanceOf(ConnectException.class);

        vonage.behave(Behaviour.NORMAL);

        assertThat(vonage.baseUri()).isEqualTo(before);
        assertThat(status(send(sms(NUMBER)))).isEqualTo("0");
    }

    @Test
    void what_hangs_is_cut_off_when_the_provider_becomes_unreachable() {
        vonage.behave(Behaviour.HANG);
        CompletableFuture<?> hanging =
                client.sendAsync(request(sms(NUMBER)).build(), HttpResponse.BodyHandlers.ofString());
        await().until(() -> vonage.requestsTaken() > 0);

        vonage.behave(Behaviour.UNREACHABLE);

        assertThat(hanging).failsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void messages_are_found_by_number_however_it_is_written() throws Exception {
        send(sms(NUMBER));
        send(sms("4915112345678"));

        assertThat(vonage.messages()).extracting(ReceivedMessage::to).containsExactly("+" + NUMBER, "+4915112345678");
        assertThat(vonage.messagesTo("+" + NUMBER)).hasSize(1);
        assertThat(vonage.messagesTo(" " + NUMBER)).hasSize(1);
        assertThat(vonage.messagesTo(NUMBER)).hasSize(1);
        assertThat(vonage.messagesTo("+331")).isEmpty();
    }

    @Test
    void a_receipt_follows_each_message_unless_it_is_told_not_to_or_refuses_it() throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            received.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestURI().getQuery() + " " + body);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        webhook.start();
        try {
            vonage.tellReceipts(
                    URI.create("http://127.0.0.1:" + webhook.getAddress().getPort() + "/receipts"));
            vonage.behave(Behaviour.REFUSE);
            send(sms(NUMBER));
            vonage.behave(new ProviderSettings(Behaviour.NORMAL, 0, false));
            send(sms(NUMBER));
            vonage.behave(Behaviour.NORMAL);
            send(sms("33600999106"));
            send(sms(NUMBER));
            send(sms(NUMBER));

            List<String> three = List.of(next(received), next(received), next(received)).stream()
                    .sorted()
                    .toList();
            assertThat(three.get(0)).startsWith("GET null ");
            assertThat(three.get(1)).startsWith("POST application/json null {");
            assertThat(three.get(2)).startsWith("POST application/x-www-form-urlencoded null ");
            assertThat(three).allMatch(receipt -> receipt.contains("a-transaction") && receipt.contains("sig"));
            assertThat(three).filteredOn(receipt -> receipt.contains("failed")).singleElement();
            assertThat(received).isEmpty();
        } finally {
            vonage.behave(new ProviderSettings(Behaviour.NORMAL, 0, false));
            webhook.stop(0);
        }
    }

    private static String next(BlockingQueue<String> received) throws InterruptedException {
        return Objects.requireNonNull(received.poll(20, TimeUnit.SECONDS), "no receipt");
    }

    @Test
    void another_path_or_method_is_not_found() throws Exception {
        HttpRequest get =
                HttpRequest.newBuilder(vonage.baseUri().resolve("/sms/json")).build();

        assertThat(client.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> send(Map<String, String> form) throws IOException, InterruptedException {
        return send(form, Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(Map<String, String> form, Duration patience)
            throws IOException, InterruptedException {
        return client.send(request(form).timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(vonage.baseUri().resolve("/sms/json"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static Map<String, String> sms(String to) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("api_key", FakeVonage.API_KEY);
        form.put("api_secret", FakeVonage.API_SECRET);
        form.put("from", "Pims");
        form.put("to", to);
        form.put("text", "Código 123456 & more");
        form.put("client-ref", "a-transaction");
        return form;
    }

    private static String status(HttpResponse<String> answer) {
        return onlyMessage(answer).getString("status");
    }

    private static JsonObject onlyMessage(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getJsonArray("messages").getJsonObject(0);
    }
}
