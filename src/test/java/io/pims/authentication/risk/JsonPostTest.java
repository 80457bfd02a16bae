package io.pims.authentication.risk;

import static io.pims.authentication.ScriptedServer.hang;
import static io.pims.authentication.ScriptedServer.http;
import static io.pims.authentication.ScriptedServer.raw;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer;
import io.pims.authentication.risk.ScriptedOperator.Operator;
import io.pims.authentication.risk.SimSwap.Kind;
import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the network does to a question, by the one adapter that asks nothing else beside it. */
class JsonPostTest {

    private static final String SWAPPED = "{\"swapped\":true}";

    @RegisterExtension
    final ScriptedOperator network = new ScriptedOperator();

    @Test
    void a_redirect_is_not_followed() throws Exception {
        Operator elsewhere = network.operator(http("200 OK", SWAPPED));

        assertThat(network.askCamara(http("307 Temporary Redirect\r\nLocation: " + elsewhere.uri(), "")))
                .isEqualTo(new SimSwap(Kind.MISCONFIGURED, "HTTP 307"));
        assertThat(elsewhere.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1 ",
                "HTTP/1.1 two OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-Half: ",
                "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + SWAPPED,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"swapped\":true}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            })
    void half_an_answer_is_none_and_the_question_is_not_repeated(String bytes) throws Exception {
        Operator operator = network.operator(raw(bytes));

        assertThat(ScriptedOperator.ask(network.camara(operator.uri())).kind()).isEqualTo(Kind.FAULT);
        operator.request();
        assertThat(operator.requests()).isEmpty();
    }

    @Test
    void silence_is_no_answer() throws Exception {
        assertThat(network.askCamara(hang(""))).isEqualTo(new SimSwap(Kind.NO_ANSWER, "no answer in time"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"swapped\":true}",
                "HTTP/1.1 200 OK\r\nX-Slow: ",
                "",
            })
    void an_answer_that_drips_for_ever_is_none(String start) throws Exception {
        assertThat(network.askCamara(Operator.drip(start)).kind()).isEqualTo(Kind.NO_ANSWER);
    }

    @Test
    void an_answer_of_a_megabyte_is_a_fault_and_not_read_to_its_end() throws Exception {
        String blank = " ".repeat(1024 * 1024);

        assertThat(network.askCamara(http("200 OK", blank + SWAPPED)))
                .isEqualTo(new SimSwap(Kind.FAULT, "HTTP 200 too long"));
    }

    @Test
    void an_answer_as_long_as_the_bound_is_read() throws Exception {
        String blank = " ".repeat(JsonPost.LONGEST_ANSWER - SWAPPED.length());

        assertThat(network.askCamara(http("200 OK", blank + SWAPPED)).kind()).isEqualTo(Kind.SWAPPED);
        assertThat(network.askCamara(http("200 OK", ' ' + blank + SWAPPED)).kind())
                .isEqualTo(Kind.FAULT);
    }

    @Test
    void an_endless_answer_is_a_fault() throws Exception {
        Operator operator = network.operator((out, self) -> {
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            while (true) {
                out.write(new byte[8192]);
            }
        });

        assertThat(ScriptedOperator.ask(network.camara(operator.uri())).kind()).isEqualTo(Kind.FAULT);
    }

    @Test
    void endless_headers_are_a_fault() throws Exception {
        Operator operator = network.operator((out, self) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            while (true) {
                out.write("X-More: and more\r\n".getBytes(UTF_8));
            }
        });

        assertThat(ScriptedOperator.ask(network.camara(operator.uri())).kind()).isEqualTo(Kind.FAULT);
    }

    @Test
    void who_can_not_be_reached_is_told_apart() throws Exception {
        URI nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }

        assertThat(ScriptedOperator.ask(network.camara(nobody)).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(ScriptedOperator.ask(network.camara(URI.create("https://sim-swap.invalid")))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void a_host_that_says_nothing_to_tls_is_unreachable_within_the_timeout() throws Exception {
        ServerSocket silent = network.closedAtTheEnd(new ServerSocket(0, 9, InetAddress.getLoopbackAddress()));
        long began = System.nanoTime();

        SimSwap answer = ScriptedOperator.ask(network.camara(URI.create("https://127.0.0.1:" + silent.getLocalPort())));

        assertThat(answer.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_connection_is_as_good_as_new_after_any_failure() throws Exception {
        List<ScriptedServer.Answer> script = new ArrayList<>(List.of(
                raw(""), http("500 x", "x"), hang(""), hang("HTTP/1.1 200 OK\r\n\r\n"), http("200 OK", SWAPPED)));
        Operator operator = network.operator((out, self) -> script.remove(0).write(out, self));
        NumberRisk risk = network.camara(operator.uri());

        List<Kind> kinds = new ArrayList<>();
        while (!script.isEmpty()) {
            kinds.add(ScriptedOperator.ask(risk).kind());
        }

        assertThat(kinds).containsExactly(Kind.FAULT, Kind.FAULT, Kind.NO_ANSWER, Kind.NO_ANSWER, Kind.SWAPPED);
    }

    @Test
    void after_the_end_nothing_is_asked() throws Exception {
        Operator operator = network.operator(http("200 OK", SWAPPED));
        NumberRisk risk = network.camara(
                operator.uri(),
                ScriptedOperator.TIMEOUT,
                network.tokens(Uni.createFrom().item(ScriptedOperator.TOKEN)));

        risk.close();

        assertThat(ScriptedOperator.ask(risk)).isEqualTo(new SimSwap(Kind.NOT_ASKED, "shutting down"));
        assertThat(operator.connections()).isZero();
    }
}
