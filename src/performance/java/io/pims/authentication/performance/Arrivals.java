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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Requests of many drivers that come when they come, whether or not those before are answered (an open model). */
final class Arrivals implements AutoCloseable {

    private static final int CONNECTIONS = 256;
    private static final long PATIENCE_MS = 30_000;

    /** Sooner than the service closes an idle connection, so that no request meets its end. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> tokens;
    private final AtomicInteger next = new AtomicInteger();

    /** @param tokens a file with a token a line, each used in turn */
    Arrivals(Path tokens) {
        try {
            this.tokens = Files.readAllLines(tokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What came back.
     *
     * @param latenciesMs of those that were answered as they should be, from when they should have been sent
     * @param refused all others
     * @param seconds from the first request to the last answer
     */
    record Answers(double[] latenciesMs, int refused, double seconds) {

        int accepted() {
            return latenciesMs.length;
        }

        double p50Ms() {
            return Figures.percentile(latenciesMs, 50);
        }

        double p99Ms() {
            return Figures.percentile(latenciesMs, 99);
        }
    }

    /** Asks for codes at an even pace. */
    Answers post(String address, int perSecond, int seconds) {
        return post(address, perSecond, seconds, () -> "Bearer " + token(), 202);
    }

    /** Asks without a token, for which nothing but an event loop is needed. */
    Answers postWithoutToken(String address, int perSecond, int seconds) {
        return post(address, perSecond, seconds, () -> "", 401);
    }

    private Answers post(
            String address, int perSecond, int seconds, Supplier<String> authorization, int expectedStatus) {
        int count = perSecond * seconds;
        ConcurrentLinkedQueue<Double> latencies = new ConcurrentLinkedQueue<>();
        Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
        Semaphore answered = new Semaphore(0);
        HttpClient http = client(CONNECTIONS);
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(address + Replica.SMSCODE)
                .putHeader("Content-Type", "application/json");
        long begun = System.nanoTime();
        for (int sent = 0; sent < count; sent++) {
            long due = begun + sent * 1_000_000_000L / perSecond;
            park(due);
            http.request(new RequestOptions(request).putHeader("Authorization", authorization.get()))
                    // Each on the thread of the answer: from another one it may be too late to ask for its body.
                    .compose(open -> open.send("{\"type\":\"resetPIN\"}").compose(Arrivals::status))
                    .onSuccess(status -> {
                        if (status == expectedStatus) {
                            latencies.add((System.nanoTime() - due) / 1e6);
                        } else {
                            count(refusals, status.toString());
                        }
                    })
                    .onFailure(failure -> count(refusals, failure.toString()))
                    .onComplete(end -> answered.release());
        }
        answered.acquireUninterruptibly(count);
        double took = (System.nanoTime() - begun) / 1e9;
        http.close();
        if (!refusals.isEmpty()) {
            System.out.println("  not accepted: " + refusals);
        }
        double[] accepted = latencies.stream().mapToDouble(Double::doubleValue).toArray();
        return new Answers(accepted, count - accepted.length, took);
    }

    private static void count(Map<String, LongAdder> refusals, String why) {
        refusals.computeIfAbsent(why, first -> new LongAdder()).increment();
    }

    /**
     * Asks with {@code GET} at an even pace, each on a connection of its own, and tells when each was answered; one that is
     * not told of a success fails.
     */
    List<Future<Long>> get(List<String> urls, int perSecond, String token, String... headers) {
        HttpClient http = client(urls.size());
        List<Future<Long>> answers = new ArrayList<>();
        long begun = System.nanoTime();
        for (String url : urls) {
            park(begun + answers.size() * 1_000_000_000L / perSecond);
            RequestOptions request = new RequestOptions()
                    .setMethod(HttpMethod.GET)
                    .setAbsoluteURI(url)
                    .putHeader("Authorization", "Bearer " + token);
            for (int i = 0; i < headers.length; i += 2) {
                request.putHeader(headers[i], headers[i + 1]);
            }
            answers.add(http.request(request)
                    .compose(open -> open.send()
                            .compose(response -> response.body().map(body -> {
                                if (response.statusCode() != 200
                                        || !"SUCCEEDED"
                                                .equals(body.toJsonObject().getString("status"))) {
                                    throw new IllegalStateException(response.statusCode() + " " + body);
                                }
                                return System.nanoTime();
                            }))));
        }
        return answers;
    }

    private static void park(long until) {
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private HttpClient client(int connections) {
        return vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) PATIENCE_MS).setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                new PoolOptions().setHttp1MaxSize(connections));
    }

    private String token() {
        return tokens.get(next.getAndIncrement() % tokens.size());
    }

    private static Future<Integer> status(HttpClientResponse response) {
        return response.body().map(body -> response.statusCode());
    }

    @Override
    public void close() {
        vertx.close();
    }
}
