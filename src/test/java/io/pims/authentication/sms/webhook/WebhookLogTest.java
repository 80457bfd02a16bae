package io.pims.authentication.sms.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer;
import io.pims.authentication.monitoring.WholeLog;
import io.pims.authentication.sms.webhook.TestGateway.ScriptedGateway;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebhookLogTest {

    private static final Pattern SECRET =
            Pattern.compile("\\b123456\\b|612345678|MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|v1,[A-Za-z0-9+/]|via=pims");

    @RegisterExtension
    final TestGateway gateway = new TestGateway();

    @RegisterExtension
    final WholeLog log = new WholeLog("io.vertx", "io.netty", "io.pims");

    @Test
    void neither_code_nor_number_nor_secret_is_logged_whatever_happens() throws Exception {
        String echo = "to=33612345678&text=123456&secret=" + TestGateway.SECRET;
        for (ScriptedServer.Answer answer : List.of(
                ScriptedServer.http("200 OK", "{\"messageId\":\"1\"}"),
                ScriptedServer.http("400 Bad Request", echo),
                ScriptedServer.http("500 Internal Server Error", echo),
                ScriptedServer.http("200 OK", echo),
                ScriptedServer.raw(echo),
                ScriptedServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + echo),
                ScriptedServer.raw("HTTP/1.1 " + echo + "\r\n" + echo + "\r\n\r\n"),
                ScriptedGateway.drip("HTTP/1.1 200 OK\r\n\r\n" + echo),
                ScriptedServer.hang(""))) {
            gateway.send(answer);
        }
        gateway.send(URI.create("http://127.0.0.1:1"));
        gateway.send(URI.create("https://sms.invalid"));

        assertThat(log.lines()).as("somebody was heard at all").isNotEmpty();
        assertThat(log.lines().stream().filter(SECRET.asPredicate())).isEmpty();
    }
}
