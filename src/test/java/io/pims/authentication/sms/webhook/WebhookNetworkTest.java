package io.pims.authentication.sms.webhook;

import static io.pims.authentication.ScriptedServer.hang;
import static io.pims.authentication.ScriptedServer.http;
import static io.pims.authentication.ScriptedServer.raw;
import static io.pims.authentication.sms.webhook.TestGateway.PERMIT;
import static io.pims.authentication.sms.webhook.TestGateway.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.ScriptedServer;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import io.pims.authentication.sms.SmsSender;
import io.pims.authentication.sms.webhook.TestGateway.ScriptedGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebhookNetworkTest {

    @RegisterExtension
    final TestGateway gateway = new TestGateway();

    @Test
    void a_refused_connection_is_unreachable() throws Exception {
        URI nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }

        assertThat(gateway.send(nobody).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void an_unknown_host_is_unreachable() {
        assertThat(gateway.send(URI.create("https://sms.invalid")).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void a_host_that_lets_nobody_in_is_unreachable() throws Exception {
        ServerSocket full = gateway.closedAtTheEnd(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        fillBacklog(full);

        assertThat(gateway.send(URI.create("http://127.0.0.1:" + full.getLocalPort()))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
    }

    /** Connects until the kernel leaves one waiting. */
    private void fillBacklog(ServerSocket server) throws IOException {
        while (true) {
            Socket socket = gateway.closedAtTheEnd(new Socket());
            try {
                socket.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 200);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
    }

    @Test
    void a_host_that_speaks_no_tls_is_unreachable() throws Exception {
        ScriptedGateway plain = gateway.gateway(raw("no"));

        assertThat(gateway.send(URI.create(plain.uri().toString().replace("http:", "https:")))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(plain.requests()).isEmpty();
    }

    @Test
    void a_host_that_says_nothing_to_tls_is_unreachable_within_the_connect_timeout() throws Exception {
        ServerSocket silent = gateway.closedAtTheEnd(new ServerSocket(0, 9, InetAddress.getLoopbackAddress()));
        URI url = URI.create("https://127.0.0.1:" + silent.getLocalPort());
        SmsSender sender = gateway.sender(url, 1, "read-timeout", "20S");

        assertThat(took(sender, Kind.UNREACHABLE)).isLessThan(Duration.ofSeconds(5));
        assertThat(sender.longestCall()).isEqualTo(Duration.ofMillis(20_500));
    }

    @Test
    void the_read_timeout_counts_from_the_send_on_and_the_connect_timeout_adds_nothing_to_it() throws Exception {
        SmsSender sender =
                gateway.sender(gateway.gateway(hang("")).uri(), 1, "connect-timeout", "20S", "read-timeout", "0.5S");

        assertThat(took(sender, Kind.NO_ANSWER)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
    }

    private static Duration took(SmsSender sender, Kind expected) {
        long began = System.nanoTime();
        assertThat(TestGateway.send(sender).kind()).isEqualTo(expected);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Test
    void a_send_beyond_the_clients_is_tried_later_and_a_client_serves_again_when_done() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ScriptedGateway provider = gateway.gateway((out, self) -> {
            release.await();
            http("200 OK", "").write(out, self);
        });
        SmsSender sender = gateway.sender(provider.uri(), 1, "read-timeout", "20S");

        CompletableFuture<SmsOutcome> first = sender.send(SMS, PERMIT).subscribeAsCompletionStage();
        provider.request();
        SmsOutcome second = TestGateway.send(sender);
        release.countDown();

        assertThat(second).isEqualTo(SmsOutcome.tryLater("all clients busy"));
        assertThat(provider.requests()).isEmpty();
        assertThat(first.join().kind()).isEqualTo(Kind.ACCEPTED);
        assertThat(TestGateway.send(sender).kind()).isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void as_many_sends_as_there_are_clients_run_at_once() throws Exception {
        CountDownLatch all = new CountDownLatch(3);
        ScriptedGateway provider = gateway.gateway((out, self) -> {
            all.countDown();
            all.await();
            http("200 OK", "").write(out, self);
        });
        SmsSender sender = gateway.sender(provider.uri(), 3, "read-timeout", "20S");

        List<CompletableFuture<SmsOutcome>> sends = new ArrayList<>();
        for (int i = 0; i < sender.concurrency(); i++) {
            sends.add(sender.send(SMS, PERMIT).subscribeAsCompletionStage());
        }

        assertThat(sends).extracting(send -> send.join().kind()).containsOnly(Kind.ACCEPTED);
    }

    @Test
    void a_client_is_as_good_as_new_after_any_failure() throws Exception {
        List<ScriptedServer.Answer> script = new ArrayList<>(
                List.of(raw(""), http("500 x", "x"), hang(""), hang("HTTP/1.1 500 x\r\n\r\n"), http("200 OK", "")));
        ScriptedGateway provider =
                gateway.gateway((out, self) -> script.remove(0).write(out, self));
        SmsSender sender = gateway.sender(provider.uri(), 1);

        List<Kind> kinds = new ArrayList<>();
        while (!script.isEmpty()) {
            kinds.add(TestGateway.send(sender).kind());
        }

        assertThat(kinds).containsExactly(Kind.FAULT, Kind.FAULT, Kind.NO_ANSWER, Kind.FAULT, Kind.ACCEPTED);
    }

    /** As for a process that was stopped while it connected. */
    @Test
    void an_SMS_whose_permit_ends_while_its_connection_is_made_does_not_leave() throws Exception {
        ScriptedGateway provider = gateway.gateway(http("200 OK", ""));
        SmsSender sender = gateway.sender(provider.uri(), 1, "read-timeout", "0.7S");
        List<Duration> askedFor = new CopyOnWriteArrayList<>();

        SmsOutcome outcome = sender.send(SMS, longest -> {
                    askedFor.add(longest);
                    await().until(() -> provider.connections() == 1);
                    return false;
                })
                .await()
                .indefinitely();

        assertThat(outcome).isEqualTo(SmsOutcome.tryLater("right to send is over"));
        assertThat(askedFor).as("for the longest answer").containsExactly(Duration.ofMillis(700));
        assertThat(provider.requests()).isEmpty();
        assertThat(TestGateway.send(sender).kind()).isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void after_the_shutdown_a_send_is_handed_back() throws Exception {
        WebhookSmsSender sender = (WebhookSmsSender)
                gateway.sender(gateway.gateway(http("200 OK", "")).uri(), 1);

        sender.close();

        assertThat(TestGateway.send(sender)).isEqualTo(SmsOutcome.tryLater("shutting down"));
    }
}
