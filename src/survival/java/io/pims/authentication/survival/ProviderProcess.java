package io.pims.authentication.survival;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.pims.authentication.performance.Command;
import io.pims.authentication.performance.ControlPort;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.FreePort;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.Submission;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The fake Vonage as a process of its own that writes down each call before it answers. Each caller has an address of
 * its own, so that the log tells them apart.
 */
final class ProviderProcess implements AutoCloseable {

    /** How long the code still lives, which a repeat tells as it is then. */
    private static final Pattern MINUTES_LEFT = Pattern.compile("\\b\\d{1,2} min\\b");

    private static final ProviderSettings RECEIPTLESS = new ProviderSettings(Behaviour.NORMAL, Site.LATENCY_MS, false);

    /** {@code pims.dispatch.attempt-timeout}. */
    private static final Duration LONGEST_CALL = Duration.ofMillis(6_500);

    private final List<Return> returns = new CopyOnWriteArrayList<>();
    private final int control = FreePort.find();
    private final Path log;
    private final ControlPort commands = new ControlPort(control);
    private final Process process;

    ProviderProcess(Path folder) {
        log = folder.resolve("calls.jsonl");
        process = Command.startJava(ProviderProcess.class, folder.resolve("provider.log"), control, log);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> commands.ask("/ready").isEmpty());
    }

    /** Arguments: port for commands, file for the calls. */
    public static void main(String... arguments) throws IOException {
        PrintStream calls = new PrintStream(Files.newOutputStream(Path.of(arguments[1])), true, StandardCharsets.UTF_8);
        Map<String, List<FakeVonage>> doors = new ConcurrentHashMap<>();
        Map<String, ProviderSettings> now = new ConcurrentHashMap<>();
        HttpServer commands = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
        commands.createContext("/", exchange -> {
            String[] words = exchange.getRequestURI().getPath().split("/");
            if (words.length == 5 && words[1].equals("open")) {
                FakeVonage door = FakeVonage.start(Integer.parseInt(words[4]));
                door.logTo(submission ->
                        calls.println(call(words[2], words[3], submission).json()));
                door.behave(now.getOrDefault(words[3], RECEIPTLESS));
                doors.computeIfAbsent(words[3], road -> new CopyOnWriteArrayList<>())
                        .add(door);
            } else if (words.length == 5) {
                ProviderSettings wanted =
                        new ProviderSettings(Behaviour.valueOf(words[3]), Integer.parseInt(words[4]), false);
                now.put(words[2], wanted);
                doors.getOrDefault(words[2], List.of()).forEach(door -> door.behave(wanted));
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        commands.start();
    }

    private static Call call(String by, String road, Submission submission) {
        return new Call(
                submission.at().toEpochMilli(),
                by,
                road,
                submission.clientRef(),
                hash(submission.to() + " "
                        + MINUTES_LEFT.matcher(submission.text()).replaceAll("")),
                submission.behaviour(),
                submission.messageId());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An address for one caller, and one of its roads. */
    int open(String caller, String road) {
        int port = FreePort.find();
        commands.ask("/open/" + caller + "/" + road + "/" + port);
        return port;
    }

    /** Whoever calls by the only road from now on is treated like this. */
    void behave(Behaviour behaviour, int latencyMs) {
        behave(Plan.ONLY_ROAD, behaviour, latencyMs);
    }

    /** Whoever calls by this road from now on is treated like this. */
    void behave(String road, Behaviour behaviour, int latencyMs) {
        commands.ask("/behave/" + road + "/" + behaviour + "/" + latencyMs);
    }

    /** As before the trouble. It is remembered as the road's return. */
    void heal(String road, Behaviour from) {
        behave(road, Behaviour.NORMAL, Site.LATENCY_MS);
        Duration underWay = from == Behaviour.HANG ? LONGEST_CALL : Duration.ZERO;
        returns.add(new Return(road, System.currentTimeMillis(), underWay));
    }

    List<Return> returns() {
        return List.copyOf(returns);
    }

    List<Call> calls() {
        return Call.all(log);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
