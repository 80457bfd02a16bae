package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Requests for codes over some time, and how they were answered in each window of it. */
final class Timeline implements AutoCloseable {

    static final int WINDOW_S = 5;

    private static final int ACCEPTED = 202;
    private static final long SECOND = 1_000_000_000L;

    /** For the pace: as many as a replica that has just started may keep open. */
    private static final int MOST_CONNECTIONS = 1_024;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> tokens;
    private final AtomicInteger next = new AtomicInteger();

    /** @param tokens each used in turn */
    Timeline(List<String> tokens) {
        this.tokens = tokens;
    }

    /** @param at when it was answered, {@link System#nanoTime} */
    private record Answer(long at, double ms, boolean accepted) {}

    /** As many requests at a time as there are connections, each at once after the one before. */
    JsonArray closed(String address, int connections, int seconds) {
        HttpClient http = client(connections);
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        Semaphore ended = new Semaphore(0);
        long begun = System.nanoTime();
        for (int each = 0; each < connections; each++) {
            again(http, address, begun + seconds * SECOND, answers, ended);
        }
        ended.acquireUninterruptibly(connections);
        http.close();
        return windows(answers, begun, seconds);
    }

    private void again(HttpClient http, String address, long end, Queue<Answer> answers, Semaphore ended) {
        long begun = System.nanoTime();
        if (begun >= end) {
            ended.release();
            return;
        }
        post(http, address).onComplete(status -> {
            answers.add(answer(begun, status.succeeded() && status.result() == ACCEPTED));
            vertx.runOnContext(another -> again(http, address, end, answers, ended));
        });
    }

    /** Requests at an even pace, whether or not those before are answered. Latency counts from when one was due. */
    JsonArray open(String address, int perSecond, int seconds) {
        HttpClient http = client(MOST_CONNECTIONS);
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        Semaphore ended = new Semaphore(0);
        int count = perSecond * seconds;
        long begun = System.nanoTime();
        for (int sent = 0; sent < count; sent++) {
            long due = begun + sent * SECOND / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            post(http, address).onComplete(status -> {
                answers.add(answer(due, status.succeeded() && status.result() == ACCEPTED));
                ended.release();
            });
        }
        ended.acquireUninterruptibly(count);
        http.close();
        return windows(answers, begun, seconds);
    }

    private static Answer answer(long begun, boolean accepted) {
        long now = System.nanoTime();
        return new Answer(now, (now - begun) / 1e6, accepted);
    }

    private Future<Integer> post(HttpClient http, String address) {
        String token = tokens.get(next.getAndIncrement() % tokens.size());
        return http.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(address + Replica.SMSCODE)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Authorization", "Bearer " + token))
                .compose(request -> request.send("{\"type\":\"resetPIN\"}").compose(Timeline::status));
    }

    private static Future<Integer> status(HttpClientResponse response) {
        return response.body().map(body -> response.statusCode());
    }

    private HttpClient client(int connections) {
        return vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) (SECOND / 100_000)),
                new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1));
    }

    /** By when they were answered; those that came after the last window are left out. */
    private static JsonArray windows(Queue<Answer> answers, long begun, int seconds) {
        JsonArray windows = new JsonArray();
        for (int from = 0; from + WINDOW_S <= seconds; from += WINDOW_S) {
            long first = begun + from * SECOND;
            List<Answer> inside = answers.stream()
                    .filter(answer -> answer.at() >= first && answer.at() < first + WINDOW_S * SECOND)
                    .toList();
            double[] accepted = inside.stream()
                    .filter(Answer::accepted)
                    .mapToDouble(Answer::ms)
                    .toArray();
            windows.add(new JsonObject()
                    .put("perSecond", Figures.rounded((double) accepted.length / WINDOW_S))
                    .put("p99Ms", accepted.length == 0 ? null : Figures.rounded(Figures.percentile(accepted, 99)))
                    .put("refused", inside.size() - accepted.length));
        }
        return windows;
    }

    @Override
    public void close() {
        vertx.close();
    }
}
