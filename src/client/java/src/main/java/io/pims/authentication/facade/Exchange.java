package io.pims.authentication.facade;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.ByteString;

/** Sends one request and reads its answer, with a token, within bounds. Blocks; ends when its line is cut. */
final class Exchange {

    private static final MediaType JSON = MediaType.get("application/json");
    /** The other form, a date, needs clocks that agree. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final Configuration configuration;
    private final OkHttpClient client;
    private final ScheduledExecutorService timer;
    private final LongSupplier clock;
    private final Tokens tokens;

    Exchange(Configuration configuration, OkHttpClient client, ScheduledExecutorService timer, LongSupplier clock) {
        this.configuration = configuration;
        this.client = client;
        this.timer = timer;
        this.clock = clock;
        this.tokens = new Tokens(configuration.token());
    }

    /**
     * The service's answer; a second one if it refused the first token.
     *
     * @param wait how many seconds the service may hold it back
     * @throws LostAnswer if none came whole
     * @throws PimsException if there is no token
     */
    Answer send(Order order, String idempotencyKey, long wait, Line line) throws LostAnswer, InterruptedException {
        Request.Builder request = new Request.Builder()
                .url(address(order.path()))
                .header("Accept", "application/json")
                .method(order.method(), order.body().isEmpty() ? null : new Body(order.body()));
        if (order.isPolled()) {
            request.header("Idempotency-Key", '"' + idempotencyKey + '"');
        }
        if (wait > 0) {
            request.header("Prefer", "wait=" + wait);
        }
        String token = tokens.other(null);
        Answer answer = send(request, token, new Attempt(order), wait, line);
        return answer.status() == 401 ? send(request, tokens.other(token), new Attempt(order), wait, line) : answer;
    }

    private Answer send(Request.Builder request, String token, Attempt attempt, long wait, Line line)
            throws LostAnswer {
        okhttp3.Call call = client.newBuilder()
                .addNetworkInterceptor(attempt)
                .build()
                .newCall(request.header("Authorization", "Bearer " + token).build());
        attempt.by(call);
        line.carry(call);
        Duration most = configuration.answerTimeout();
        Future<?> connected = after(most, attempt::endUnlessSent);
        Future<?> answered = after(most.plusSeconds(wait), attempt::end);
        try {
            return answer(call);
        } catch (IOException failure) {
            throw new LostAnswer(attempt, failure);
        } finally {
            connected.cancel(false);
            answered.cancel(false);
        }
    }

    /** A timer that comes a second late was frozen with the process. What came meanwhile is there, and is read first. */
    private Future<?> after(Duration time, Runnable end) {
        long due = clock.getAsLong() + time.toNanos();
        long grace = RunningTime.BETWEEN_LOOKS.toNanos();
        return timer.schedule(
                () -> {
                    if (clock.getAsLong() - due > grace) {
                        timer.schedule(end, grace, TimeUnit.NANOSECONDS);
                    } else {
                        end.run();
                    }
                },
                time.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private Answer answer(okhttp3.Call call) throws IOException {
        Response response;
        try {
            response = call.execute();
        } catch (ProtocolException noHttp) {
            return Answer.UNREADABLE;
        }
        // In the middle of a body this exception is an end that came too early.
        try (response) {
            return new Answer(response.code(), retryAfter(response), read(response.body()));
        }
    }

    private static Duration retryAfter(Response response) {
        String value = response.header("Retry-After", "");
        return SECONDS.matcher(value).matches() ? Duration.ofSeconds(Long.parseLong(value)) : null;
    }

    private byte[] read(ResponseBody body) throws IOException {
        BufferedSource source = body.source();
        return source.request(configuration.largestAnswer() + 1L) ? new byte[0] : source.readByteArray();
    }

    private String address(String path) {
        return configuration.service().toString().replaceFirst("/+$", "") + path;
    }

    /** The client may not send it twice by itself: whether that is harmless is decided by the order. */
    private static final class Body extends RequestBody {

        private final ByteString json;

        Body(Map<String, String> parameters) {
            Buffer text = new Buffer();
            try (JsonWriter writer = JsonWriter.of(text)) {
                writer.beginObject();
                for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                    writer.name(parameter.getKey()).value(parameter.getValue());
                }
                writer.endObject();
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
            json = text.readByteString();
        }

        @Override
        public MediaType contentType() {
            return JSON;
        }

        @Override
        public long contentLength() {
            return json.size();
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(json);
        }
    }
}
