package io.pims.authentication.facade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Sends one request and reads its answer, with a token, within bounds. Blocks; heeds interruption. */
final class Exchange {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The other form, a date, needs clocks that agree. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final Configuration configuration;
    private final HttpClient client;
    private final ScheduledExecutorService timer;
    private final Tokens tokens;

    Exchange(Configuration configuration, HttpClient client, ScheduledExecutorService timer) {
        this.configuration = configuration;
        this.client = client;
        this.timer = timer;
        this.tokens = new Tokens(configuration.token());
    }

    /**
     * The service's answer; a second one if it refused the first token.
     *
     * @param wait how long the service may hold it back
     * @throws IOException if none came whole
     * @throws PimsException if there is no token
     */
    Answer send(Order order, String idempotencyKey, Duration wait) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(order.path()))
                .timeout(wait.plus(configuration.answerTimeout()))
                .header("Accept", "application/json")
                .method(order.method(), body(order.body()));
        if (!order.body().isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (order.isPolled()) {
            request.header("Idempotency-Key", '"' + idempotencyKey + '"');
        }
        if (wait.toSeconds() > 0) {
            request.header("Prefer", "wait=" + wait.toSeconds());
        }
        String token = tokens.other(null);
        Answer answer = send(request, token, wait);
        return answer.status() == 401 ? send(request, tokens.other(token), wait) : answer;
    }

    private Answer send(HttpRequest.Builder request, String token, Duration wait)
            throws IOException, InterruptedException {
        HttpRequest authorized =
                request.setHeader("Authorization", "Bearer " + token).build();
        try {
            HttpResponse<InputStream> response = client.send(authorized, BodyHandlers.ofInputStream());
            Optional<Duration> retryAfter = response.headers()
                    .firstValue("Retry-After")
                    .filter(value -> SECONDS.matcher(value).matches())
                    .map(value -> Duration.ofSeconds(Long.parseLong(value)));
            return new Answer(response.statusCode(), retryAfter, read(response.body(), wait));
        } catch (IOException failure) {
            if (failure instanceof ProtocolException || failure.getCause() instanceof ProtocolException) {
                return Answer.UNREADABLE;
            }
            throw failure;
        } catch (IllegalArgumentException malformed) {
            // What the client makes of a Content-Length that is no number.
            return Answer.UNREADABLE;
        }
    }

    /** The client's own time-out ends with the headers; the body is cut off by closing it. */
    private byte[] read(InputStream body, Duration wait) throws IOException {
        Duration most = wait.plus(configuration.answerTimeout());
        Future<?> cutOff = timer.schedule(() -> close(body), most.toMillis(), TimeUnit.MILLISECONDS);
        try (body) {
            byte[] read = body.readNBytes(configuration.largestAnswer() + 1);
            return read.length > configuration.largestAnswer() ? new byte[0] : read;
        } finally {
            cutOff.cancel(false);
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private URI address(String path) {
        return URI.create(configuration.service().toString().replaceFirst("/+$", "") + path);
    }

    private static HttpRequest.BodyPublisher body(Map<String, String> parameters) {
        try {
            return parameters.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(parameters));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
