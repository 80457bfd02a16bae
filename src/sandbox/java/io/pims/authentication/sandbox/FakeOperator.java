package io.pims.authentication.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mobile operator that offers the SIM Swap API of CAMARA, with its token endpoint. The SIM of a number that ends in
 * {@code 9992NN} was swapped NN hours ago, that of any other never.
 */
public final class FakeOperator implements AutoCloseable {

    public static final String CLIENT_ID = "pims";
    public static final String CLIENT_SECRET = "only-in-the-sandbox";

    private static final String TOKEN_PATH = "/oauth2/token";
    private static final String CHECK_PATH = "/sim-swap/v2/check";
    private static final Pattern SWAPPED = Pattern.compile("\\+\\d+9992(\\d\\d)");
    private static final int MOST_QUESTIONS = 100;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(FakeOperator::daemon);
    private final String token = UUID.randomUUID().toString();
    private final Deque<Question> questions = new ArrayDeque<>();
    private volatile CountDownLatch silence = new CountDownLatch(0);

    /**
     * A question that was answered.
     *
     * @param correlator of the asker
     * @param hours before which the SIM was swapped; empty if it never was
     */
    public record Question(String correlator, boolean swapped, OptionalInt hours, Instant at) {}

    private FakeOperator(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext(TOKEN_PATH, this::grant);
        server.createContext(CHECK_PATH, this::check);
        server.start();
    }

    /** Starts one on the loopback address, at a free port, with threads that do not keep the JVM from ending. */
    public static FakeOperator start() {
        try {
            return new FakeOperator(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-operator");
        thread.setDaemon(true);
        return thread;
    }

    public URI tokenUrl() {
        return at(TOKEN_PATH);
    }

    public URI checkUrl() {
        return at(CHECK_PATH);
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Returns the last hundred questions, newest last. */
    public synchronized List<Question> questions() {
        return List.copyOf(questions);
    }

    private synchronized void note(Question question) {
        if (questions.size() == MOST_QUESTIONS) {
            questions.removeFirst();
        }
        questions.addLast(question);
    }

    /** RFC 6749, section 4.4. */
    private void grant(HttpExchange exchange) throws IOException {
        String form = body(exchange);
        String basic = Base64.getEncoder().encodeToString((CLIENT_ID + ":" + CLIENT_SECRET).getBytes(UTF_8));
        if (!("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, new JsonObject().put("error", "invalid_client"));
        } else if (!form.contains("grant_type=client_credentials")) {
            answer(exchange, 400, new JsonObject().put("error", "unsupported_grant_type"));
        } else {
            answer(
                    exchange,
                    200,
                    new JsonObject()
                            .put("access_token", token)
                            .put("token_type", "Bearer")
                            .put("expires_in", 300));
        }
    }

    /** Answers no question until told to {@link #speak}. */
    public void fallSilent() {
        silence = new CountDownLatch(1);
    }

    public void speak() {
        silence.countDown();
    }

    private void check(HttpExchange exchange) throws IOException {
        JsonObject question = json(body(exchange));
        try {
            silence.await();
        } catch (InterruptedException closing) {
            exchange.close();
            return;
        }
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, fault(401, "UNAUTHENTICATED"));
        } else if (question.getValue("phoneNumber") instanceof String number
                && question.getValue("maxAge") instanceof Integer maxAge) {
            OptionalInt hours = swappedBefore(number);
            boolean swapped = hours.isPresent() && hours.getAsInt() <= maxAge;
            note(new Question(exchange.getRequestHeaders().getFirst("x-correlator"), swapped, hours, Instant.now()));
            answer(exchange, 200, new JsonObject().put("swapped", swapped));
        } else {
            answer(exchange, 400, fault(400, "INVALID_ARGUMENT"));
        }
    }

    private static OptionalInt swappedBefore(String number) {
        Matcher swapped = SWAPPED.matcher(number);
        return swapped.matches() ? OptionalInt.of(Integer.parseInt(swapped.group(1))) : OptionalInt.empty();
    }

    private static JsonObject json(String body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException none) {
            return new JsonObject();
        }
    }

    private static JsonObject fault(int status, String code) {
        return new JsonObject().put("status", status).put("code", code).put("message", "");
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, JsonObject json) throws IOException {
        byte[] bytes = json.encode().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
