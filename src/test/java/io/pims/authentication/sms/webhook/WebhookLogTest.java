package io.pims.authentication.sms.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer;
import io.pims.authentication.sms.webhook.TestGateway.ScriptedGateway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything that is logged, by whomever, with every level raised as far as it goes. */
class WebhookLogTest {

    private static final List<Logger> RAISED = List.of(
            Logger.getLogger("io.vertx"),
            Logger.getLogger("io.netty"),
            Logger.getLogger("io.pims"),
            Logger.getLogger(""));

    private static final Pattern SECRET =
            Pattern.compile("\\b123456\\b|612345678|MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|v1,[A-Za-z0-9+/]|via=pims");

    @RegisterExtension
    final TestGateway gateway = new TestGateway();

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final List<Level> levels = RAISED.stream().map(Logger::getLevel).toList();
    private final Handler[] handlers = Logger.getLogger("").getHandlers();
    private final Handler capture = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(print(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void raise() {
        Logger root = Logger.getLogger("");
        Arrays.stream(handlers).forEach(root::removeHandler);
        capture.setLevel(Level.ALL);
        root.addHandler(capture);
        RAISED.forEach(logger -> logger.setLevel(Level.ALL));
    }

    @AfterEach
    void restore() {
        Logger root = Logger.getLogger("");
        root.removeHandler(capture);
        Arrays.stream(handlers).forEach(root::addHandler);
        for (int i = 0; i < RAISED.size(); i++) {
            RAISED.get(i).setLevel(levels.get(i));
        }
    }

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

        assertThat(logged).as("somebody was heard at all").anyMatch(line -> line.startsWith("io.netty"));
        assertThat(logged.stream().filter(SECRET.asPredicate())).isEmpty();
    }

    private static String print(LogRecord record) {
        StringWriter text = new StringWriter();
        text.append(record.getLoggerName()).append(' ').append(record.getMessage());
        text.append(' ').append(Arrays.toString(record.getParameters()));
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }
}
