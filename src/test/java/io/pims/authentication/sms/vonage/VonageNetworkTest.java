package io.pims.authentication.sms.vonage;

import static io.pims.authentication.sms.vonage.ScriptedVonage.drip;
import static io.pims.authentication.sms.vonage.ScriptedVonage.hang;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.sms.SmsOutcome.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class VonageNetworkTest {

    @RegisterExtension
    final TestVonage vonage;

    VonageNetworkTest(VonageApi api) {
        vonage = new TestVonage(api);
    }

    @Test
    void silence_is_no_answer() throws Exception {
        assertThat(vonage.send(hang()).kind()).isEqualTo(Kind.NO_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", "HTTP/1.1 200 OK\r\nX-Slow: ", ""})
    void an_answer_that_drips_for_ever_is_no_answer(String start) throws Exception {
        assertThat(vonage.send(drip(start)).kind()).isEqualTo(Kind.NO_ANSWER);
    }

    @Test
    void a_refused_connection_is_unreachable() throws Exception {
        URI nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }

        assertThat(vonage.send(nobody).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void an_unknown_host_is_unreachable() {
        assertThat(vonage.send(URI.create("https://sms.invalid")).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void a_host_that_lets_nobody_in_is_unreachable() throws Exception {
        ServerSocket full = vonage.closedAtTheEnd(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        fillBacklog(full);

        assertThat(vonage.send(URI.create("http://127.0.0.1:" + full.getLocalPort()))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
    }

    /** Connects until the kernel leaves one waiting. */
    private void fillBacklog(ServerSocket server) throws IOException {
        while (true) {
            Socket socket = vonage.closedAtTheEnd(new Socket());
            try {
                socket.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 200);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
    }
}
