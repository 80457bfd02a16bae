package io.pims.authentication.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pims.authentication.ScriptedServer;
import io.pims.authentication.monitoring.WholeLog;
import io.pims.authentication.risk.ScriptedOperator.Operator;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RiskLogTest {

    private static final Pattern SECRET = Pattern.compile("612345678|" + ScriptedOperator.TOKEN);

    @RegisterExtension
    final ScriptedOperator network = new ScriptedOperator();

    @RegisterExtension
    final WholeLog log = new WholeLog("io.vertx", "io.netty", "io.pims");

    private void ask(NumberRisk risk) {
        SimSwapCheck check = new SimSwapCheck(
                ScriptedOperator.config("pims.risk.sim-swap.mode", "enforce"),
                Optional.of(risk),
                (user, transaction, refused) -> Uni.createFrom().failure(new IllegalStateException("no database")),
                new SimpleMeterRegistry());
        check.ask("driver", ScriptedOperator.TRANSACTION, ScriptedOperator.NUMBER, Runnable::run)
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    @Test
    void neither_number_nor_token_is_logged_whatever_happens() throws Exception {
        String echo = "{\"swapped\":true,\"code\":\"33612345678\",\"message\":\"+33612345678 " + ScriptedOperator.TOKEN
                + "\"}";
        for (ScriptedServer.Answer answer : List.of(
                ScriptedServer.http("200 OK", echo),
                ScriptedServer.http("400 Bad Request", echo),
                ScriptedServer.http("500 Internal Server Error", echo),
                ScriptedServer.http("200 OK", "+33612345678"),
                ScriptedServer.raw(echo),
                ScriptedServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + echo),
                ScriptedServer.raw("HTTP/1.1 " + echo + "\r\n" + echo + "\r\n\r\n"),
                Operator.drip("HTTP/1.1 200 OK\r\n\r\n" + echo),
                ScriptedServer.hang(""))) {
            ask(network.camara(network.operator(answer).uri()));
            ask(network.vonage(network.operator(answer).uri()));
        }
        ask(network.camara(URI.create("http://127.0.0.1:1")));
        ask(network.vonage(URI.create("https://sim-swap.invalid")));

        assertThat(log.lines()).anyMatch(line -> line.contains("The SIM was swapped lately"));
        assertThat(log.lines().stream().filter(SECRET.asPredicate())).isEmpty();
    }
}
