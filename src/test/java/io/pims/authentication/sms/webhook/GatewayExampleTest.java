package io.pims.authentication.sms.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.pims.authentication.documentation.Page;
import io.pims.authentication.sandbox.FreePort;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import io.pims.authentication.sms.SmsSender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The gateway that the page about providers shows, where there is a Python. */
class GatewayExampleTest {

    @RegisterExtension
    final TestGateway ends = new TestGateway();

    private final int port = FreePort.find();
    private final URI address = URI.create("http://127.0.0.1:" + port);
    private Process gateway;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("gateway.py");
        Files.writeString(file, Page.PROVIDERS.block("python"));
        ProcessBuilder python = new ProcessBuilder("python3", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        python.environment().putAll(Map.of("SECRET", TestGateway.SECRET, "PORT", Integer.toString(port)));
        try {
            gateway = python.start();
        } catch (IOException none) {
            abort("no Python here");
        }
        await().atMost(Duration.ofSeconds(30)).until(this::listens);
    }

    private boolean listens() {
        assertThat(gateway.isAlive()).isTrue();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.destroyForcibly();
        }
    }

    @Test
    void it_takes_an_SMS_once_and_answers_a_repeat_as_it_did_before() {
        SmsSender sender = ends.sender(address, Clock.systemUTC(), "read-timeout", "10s");

        SmsOutcome first = TestGateway.send(sender);

        assertThat(first.kind()).isEqualTo(Kind.ACCEPTED);
        assertThat(first.messageId()).isNotEmpty();
        assertThat(TestGateway.send(sender)).isEqualTo(first);
    }

    @Test
    void it_refuses_another_secret_and_another_time() {
        SmsSender forger =
                ends.sender(address, Clock.systemUTC(), "read-timeout", "10s", "secrets", TestGateway.OTHER_SECRET);
        SmsSender late =
                ends.sender(address, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-6)), "read-timeout", "10s");

        assertThat(TestGateway.send(forger)).isEqualTo(SmsOutcome.misconfigured("HTTP 401"));
        assertThat(TestGateway.send(late)).isEqualTo(SmsOutcome.misconfigured("HTTP 401"));
    }
}
