package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.NEW_PIN;
import static io.pims.authentication.facade.Messages.PINCODE;
import static io.pims.authentication.facade.Messages.answerToNewPin;
import static io.pims.authentication.facade.Messages.await;
import static io.pims.authentication.facade.Messages.code;
import static io.pims.authentication.facade.ScriptedService.failed;
import static io.pims.authentication.facade.ScriptedService.hang;
import static io.pims.authentication.facade.ScriptedService.raw;
import static io.pims.authentication.facade.ScriptedService.succeeded;
import static io.pims.authentication.facade.ScriptedService.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The application's own HTTP client. */
@Timeout(60)
class HttpClientTest {

    @Test
    void its_time_outs_do_not_end_a_wait_that_was_asked_for() throws Exception {
        OkHttpClient hasty = new OkHttpClient.Builder()
                .readTimeout(Duration.ofMillis(1))
                .callTimeout(Duration.ofMillis(100))
                .build();
        CountDownLatch answered = new CountDownLatch(1);
        Pims pims = new Pims();
        try (ScriptedService service = new ScriptedService((out, self) -> {
            answered.await();
            succeeded().write(out, self);
        })) {
            pims.initialize(service.client().httpClient(hasty).build());
            CompletableFuture<Map<String, Object>> message =
                    pims.set(PINCODE, NEW_PIN).toCompletableFuture();
            Awaitility.await().during(Duration.ofMillis(300)).until(() -> !message.isDone());

            answered.countDown();

            assertThat(await(message)).containsEntry("status", "SUCCEEDED");
        } finally {
            pims.release();
        }
    }

    @Test
    void it_sends_no_change_twice_by_itself_though_there_are_more_addresses() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        OkHttpClient client = new OkHttpClient.Builder()
                .dns(name -> List.of(loopback, loopback))
                .build();
        try (ScriptedService service = new ScriptedService(raw(""), succeeded())) {
            URI byName = URI.create("http://localhost:" + service.uri().getPort());

            Map<String, Object> message =
                    answerToNewPin(ScriptedService.client(byName).httpClient(client));

            assertThat(code(message)).isEqualTo(2202);
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void it_follows_nobody_with_the_token() throws Exception {
        OkHttpClient client = new OkHttpClient();
        String elsewhere = text("302 Found\r\nLocation: /elsewhere", "");
        Pims pims = new Pims();
        try (ScriptedService service = new ScriptedService(raw(elsewhere), succeeded())) {
            pims.initialize(service.client().httpClient(client).build());

            assertThat(code(await(pims.get("pims.authentication.account", Map.of()))))
                    .isEqualTo(2204);
            assertThat(service.requests()).hasSize(1);
        } finally {
            pims.release();
        }
    }

    @Test
    void its_own_connections_outlive_the_facade_and_the_facades_do_not() throws Exception {
        ConnectionPool pool = new ConnectionPool();
        OkHttpClient client = new OkHttpClient.Builder().connectionPool(pool).build();
        Pims pims = new Pims();
        try (ScriptedService service = new ScriptedService(hang(""))) {
            okhttp3.Call ofTheApp = client.newCall(
                    new Request.Builder().url(service.uri().toString()).build());
            Thread app = new Thread(() -> {
                try {
                    ofTheApp.execute().close();
                } catch (IOException cut) {
                    // In the end.
                }
            });
            app.start();
            service.request();
            pims.initialize(service.client().httpClient(client).build());
            pims.set(PINCODE, NEW_PIN);
            service.request();
            assertThat(pool.connectionCount()).isEqualTo(2);

            pims.release();

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> pool.connectionCount() == 1);
            assertThat(ofTheApp.isCanceled()).isFalse();
            assertThat(client.dispatcher().executorService().isShutdown()).isFalse();
            ofTheApp.cancel();
            app.join();
        }
    }

    @Test
    void its_authenticator_is_not_asked_for_the_facades_token() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        OkHttpClient client = new OkHttpClient.Builder()
                .authenticator((route, response) -> {
                    asked.incrementAndGet();
                    return response.request()
                            .newBuilder()
                            .header("Authorization", "Bearer of-the-app")
                            .build();
                })
                .build();
        ScriptedServer.Answer refused = failed("401 Unauthorized", 2102, "Invalid Authorization parameter");
        Pims pims = new Pims();
        try (ScriptedService service = new ScriptedService(refused)) {
            pims.initialize(service.client().httpClient(client).build());

            assertThat(code(await(pims.get("pims.authentication.account", Map.of()))))
                    .isEqualTo(2102);
            assertThat(asked).hasValue(0);
            assertThat(service.requests())
                    .hasSize(2)
                    .allMatch(request -> request.header("Authorization").equals("Bearer token"));
        } finally {
            pims.release();
        }
    }
}
