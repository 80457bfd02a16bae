package io.pims.authentication.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.sun.net.httpserver.HttpServer;
import com.vonage.client.auth.JWTAuthMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fake provider by its Messages API and by webhook; by its SMS API it is in {@link FakeVonageTest}. */
class ProviderApisTest {

    private static final String NUMBER = "33612345678";
    private static final String BASIC =
            Base64.getEncoder().encodeToString((FakeVonage.API_KEY + ":" + FakeVonage.API_SECRET).getBytes(UTF_8));

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

    private static JsonObject sms(ProviderApi api, String to) {
        JsonObject sms = new JsonObject().put("from", "Pims").put("text", "Código 123456");
        return api == ProviderApi.MESSAGES
                ? sms.put("to", to).put("client_ref", "tx-1").put("channel", "sms")
                : sms.put("to", "+" + to).put("clientRef", "tx-1").put("ttlSeconds", 600);
    }

    private HttpResponse<String> send(ProviderApi api, String to) throws IOException, InterruptedException {
        return send(signed(api, vonage.baseUri(api), sms(api, to)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder signed(ProviderApi api, URI base, JsonObject sms) {
        HttpRequest.Builder request = request(api, base, sms.encode());
        if (api == ProviderApi.MESSAGES) {
            return request.header("Authorization", "Basic " + BASIC);
        }
        String time = Long.toString(Instant.now().getEpochSecond());
        return request.header("webhook-id", "tx-1")
                .header("webhook-timestamp", time)
                .header("webhook-signature", "v1,b3RoZXI= v1," + signature("tx-1." + time + "." + sms.encode()));
    }

    private static HttpRequest.Builder request(ProviderApi api, URI base, String body) {
        return HttpRequest.newBuilder(base.resolve(api.path()))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    Base64.getDecoder().decode(FakeVonage.WEBHOOK_SECRET.substring(6)), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @ParameterizedTest
    @CsvSource({"MESSAGES, 202, message_uuid", "WEBHOOK, 200, messageId"})
    void an_accepted_message_is_answered_as_documented_and_tells_by_which_way_it_came(
            ProviderApi api, int status, String id) throws Exception {
        HttpResponse<String> answer = send(api, NUMBER);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getString(id)).matches("[0-9a-f-]{36}");
        assertThat(vonage.messages()).singleElement().satisfies(message -> {
            assertThat(message.to()).isEqualTo("+" + NUMBER);
            assertThat(message.from()).isEqualTo("Pims");
            assertThat(message.text()).isEqualTo("Código 123456");
            assertThat(message.clientRef()).isEqualTo("tx-1");
            assertThat(message.api()).isEqualTo(api);
        });
    }

    @Test
    void the_Messages_API_takes_the_token_of_its_application_as_the_SDK_makes_it() throws Exception {
        String token = new JWTAuthMethod(
                        SandboxApplication.ID, SandboxApplication.privateKey().getBytes(UTF_8))
                .generateToken();
        String another = new JWTAuthMethod(
                        "5f0c1e6a-1111-4222-8333-944445555666",
                        SandboxApplication.privateKey().getBytes(UTF_8))
                .generateToken();
        String body = sms(ProviderApi.MESSAGES, NUMBER).encode();

        HttpRequest.Builder right =
                request(ProviderApi.MESSAGES, vonage.baseUri(), body).header("Authorization", "Bearer " + token);
        HttpRequest.Builder wrong =
                request(ProviderApi.MESSAGES, vonage.baseUri(), body).header("Authorization", "Bearer " + another);
        HttpRequest.Builder cut = request(ProviderApi.MESSAGES, vonage.baseUri(), body)
                .header("Authorization", "Bearer " + token.substring(0, token.length() - 9));

        assertThat(send(right).statusCode()).isEqualTo(202);
        assertThat(send(wrong).statusCode()).isEqualTo(401);
        assertThat(send(cut).statusCode()).isEqualTo(401);
        assertThat(send(request(ProviderApi.MESSAGES, vonage.baseUri(), body)).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void a_webhook_needs_its_signature(String header) throws Exception {
        JsonObject sms = sms(ProviderApi.WEBHOOK, NUMBER);

        assertThat(send(signed(ProviderApi.WEBHOOK, vonage.baseUri(), sms).setHeader(header, "1"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(request(ProviderApi.WEBHOOK, vonage.baseUri(), sms.encode()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(vonage.messages()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(SmsStatus.class)
    void every_status_of_the_SMS_API_has_a_problem_that_says_the_same(SmsStatus status) throws Exception {
        HttpResponse<String> answer = send(ProviderApi.MESSAGES, "33612999%03d".formatted(status.code()));

        assertThat(answer.statusCode()).isBetween(401, 500);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("type"))
                .matches("https://developer.vonage.com/api-errors(/messages#1\\d{3}|#unauthorized)");
        assertThat(send(ProviderApi.WEBHOOK, "33612999%03d".formatted(status.code()))
                        .statusCode())
                .isBetween(401, 503);
        assertThat(vonage.messages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSE, 422, 422",
        "THROTTLE, 429, 429",
        "BAD_CREDENTIALS, 401, 401",
        "ERROR, 503, 503",
        "GARBAGE, 200, 200"
    })
    void each_behaviour_has_its_HTTP_status(Behaviour behaviour, int messages, int webhook) throws Exception {
        vonage.behave(behaviour);

        assertThat(send(ProviderApi.MESSAGES, NUMBER).statusCode()).isEqualTo(messages);
        assertThat(send(ProviderApi.WEBHOOK, NUMBER).statusCode()).isEqualTo(webhook);
        assertThat(vonage.messages()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGES", "WEBHOOK"})
    void a_half_answer_breaks_off_and_a_hanging_one_never_comes(ProviderApi api) {
        vonage.behave(Behaviour.HALF);
        assertThatThrownBy(() -> send(api, NUMBER)).isInstanceOf(IOException.class);
        assertThat(vonage.messagesTo(NUMBER)).hasSize(1);

        vonage.behave(Behaviour.HANG);
        assertThatThrownBy(() ->
                        send(signed(api, vonage.baseUri(), sms(api, NUMBER)).timeout(Duration.ofMillis(300))))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(vonage.messagesTo(NUMBER)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGES", "WEBHOOK"})
    void one_way_is_unreachable_by_itself_and_comes_back(ProviderApi api) throws Exception {
        vonage.behave(api, ProviderSettings.of(Behaviour.UNREACHABLE));

        assertThatThrownBy(() -> send(api, NUMBER)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> send(signed(api, vonage.baseUri(), sms(api, NUMBER))))
                .as("at the port of another one it takes nothing either")
                .isInstanceOf(IOException.class);
        ProviderApi other = api == ProviderApi.MESSAGES ? ProviderApi.WEBHOOK : ProviderApi.MESSAGES;
        assertThat(send(other, NUMBER).statusCode()).isBetween(200, 202);
        assertThat(vonage.settings(other)).isEqualTo(ProviderSettings.NORMAL);
        assertThat(vonage.settings()).isEqualTo(ProviderSettings.NORMAL);

        vonage.behave(api, ProviderSettings.NORMAL);

        assertThat(send(api, NUMBER).statusCode()).isBetween(200, 202);
        assertThat(vonage.messages()).hasSize(2);
    }

    @Test
    void a_signed_receipt_follows_a_message_of_the_Messages_API_and_none_one_by_webhook() throws Exception {
        BlockingQueue<String[]> received = new LinkedBlockingQueue<>();
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            received.add(new String[] {
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)
            });
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        webhook.start();
        try {
            vonage.tellReceipts(
                    URI.create("http://127.0.0.1:" + webhook.getAddress().getPort() + "/receipt"));
            send(ProviderApi.WEBHOOK, NUMBER);
            send(ProviderApi.MESSAGES, "33600999106");

            String[] receipt = Objects.requireNonNull(received.poll(20, TimeUnit.SECONDS), "no receipt");
            assertThat(receipt[0]).isEqualTo("POST /receipt/messages");
            DecodedJWT token = JWT.require(Algorithm.HMAC256(FakeVonage.SIGNATURE_SECRET))
                    .build()
                    .verify(receipt[1].replaceFirst("^Bearer ", ""));
            assertThat(token.getClaim("payload_hash").asString())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(receipt[2].getBytes(UTF_8))));
            JsonObject status = new JsonObject(receipt[2]);
            assertThat(status.getString("client_ref")).isEqualTo("tx-1");
            assertThat(status.getString("status")).isEqualTo("rejected");
            assertThat(status.getJsonObject("error").getString("title")).isEqualTo("1210");
            assertThat(received).isEmpty();
        } finally {
            vonage.behave(new ProviderSettings(Behaviour.NORMAL, 0, false));
            webhook.stop(0);
        }
    }
}
