package io.pims.authentication.performance;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.FreePort;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.ReceivedMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The fake Vonage as a process of its own, and the way to ask it what it took. */
final class Provider implements AutoCloseable {

    private final int port = FreePort.find();
    private final int control = FreePort.find();
    private final ControlPort commands = new ControlPort(control);
    private final Process process;

    /** @param latencyMs milliseconds until it answers */
    Provider(int latencyMs) {
        process = Command.startJava(Provider.class, Path.of("target", "provider.log"), port, control);
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> taken() >= 0);
        answerAfter(latencyMs);
    }

    /** Arguments: port, port for questions about it. */
    public static void main(String... arguments) throws Exception {
        FakeVonage vonage = FakeVonage.start(Integer.parseInt(arguments[0]));
        HttpServer questions = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])), 0);
        answer(questions, "/latency", query -> {
            vonage.behave(new ProviderSettings(Behaviour.NORMAL, Integer.parseInt(query), false));
            return "";
        });
        answer(questions, "/taken", query -> Long.toString(vonage.requestsTaken()));
        answer(
                questions,
                "/arrivals",
                query -> vonage.messages().stream().map(Provider::arrival).collect(Collectors.joining("\n")));
        answer(questions, "/clear", query -> {
            vonage.clear();
            return "";
        });
        questions.start();
        Thread.currentThread().join();
    }

    private static String arrival(ReceivedMessage message) {
        return message.clientRef() + " " + message.receivedAt();
    }

    private static void answer(HttpServer server, String path, UnaryOperator<String> text) {
        server.createContext(path, exchange -> {
            byte[] body = text.apply(exchange.getRequestURI().getQuery()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    URI baseUri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    long pid() {
        return process.pid();
    }

    /** From now on so many milliseconds after a request; those under way keep what was. */
    void answerAfter(int latencyMs) {
        commands.ask("/latency?" + latencyMs);
    }

    /** How many requests came in since it was started or cleared. */
    long taken() {
        return Long.parseLong(commands.ask("/taken"));
    }

    void clear() {
        commands.ask("/clear");
    }

    /** When each of the newest 10,000 transactions' SMS came in, the first time. */
    Map<String, Instant> arrivals() {
        Map<String, Instant> arrivals = new HashMap<>();
        commands.ask("/arrivals").lines().forEach(line -> {
            String[] words = line.split(" ");
            arrivals.putIfAbsent(words[0], Instant.parse(words[1]));
        });
        return arrivals;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
