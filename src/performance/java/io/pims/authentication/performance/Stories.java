package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Drivers who ask for a code, look three times what became of it and type a wrong one, each with the same token in all five
 * requests. A right code would cost the hash of a PIN, which is a hundred times all the rest.
 */
final class Stories implements AutoCloseable {

    private static final int POLLS = 3;
    private static final JsonObject ASK = new JsonObject().put("type", "resetPIN");
    private static final JsonObject RESET =
            new JsonObject().put("action", "reset").put("smsCode", "000000").put("pinCode", "590274");
    private static final String PINCODE = "/v1/authentication/pincode";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> tokens;
    private final AtomicInteger next = new AtomicInteger();

    /** @param tokens a file with a token a line, each used in turn */
    Stories(Path tokens) {
        try {
            this.tokens = Files.readAllLines(tokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets as many drivers at a time as there are connections go through their stories, one after the other. */
    Load tell(String address, int connections, int seconds) {
        HttpClient http =
                vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(connections));
        ConcurrentLinkedQueue<Double> latencies = new ConcurrentLinkedQueue<>();
        LongAdder errors = new LongAdder();
        long begun = System.nanoTime();
        long end = begun + seconds * 1_000_000_000L;
        List<Future<Void>> drivers = IntStream.range(0, connections)
                .mapToObj(each -> {
                    Promise<Void> done = Promise.promise();
                    again(http, address, end, latencies, errors, done);
                    return done.future();
                })
                .toList();
        Future.join(drivers).toCompletionStage().toCompletableFuture().join();
        double took = (System.nanoTime() - begun) / 1e9;
        http.close();
        double[] told = latencies.stream().mapToDouble(Double::doubleValue).toArray();
        return new Load(
                told.length,
                told.length / took,
                Figures.percentile(told, 50),
                Figures.percentile(told, 99),
                errors.sum());
    }

    private void again(
            HttpClient http,
            String address,
            long end,
            ConcurrentLinkedQueue<Double> latencies,
            LongAdder errors,
            Promise<Void> done) {
        long begun = System.nanoTime();
        if (begun >= end) {
            done.complete();
            return;
        }
        String token = tokens.get(next.getAndIncrement() % tokens.size());
        story(http, address, token)
                .onSuccess(told -> latencies.add((System.nanoTime() - begun) / 1e6))
                .onFailure(failure -> {
                    errors.increment();
                    System.out.println("  " + failure.getMessage());
                })
                .onComplete(told -> vertx.runOnContext(another -> again(http, address, end, latencies, errors, done)));
    }

    private static Future<JsonObject> story(HttpClient http, String address, String token) {
        Future<JsonObject> told = send(http, HttpMethod.POST, address + Replica.SMSCODE, token, ASK, 202);
        for (int poll = 0; poll < POLLS; poll++) {
            told = told.compose(message -> send(
                    http,
                    HttpMethod.GET,
                    address + Replica.SMSCODE + "/" + message.getString("transactionId"),
                    token,
                    null,
                    200));
        }
        return told.compose(message -> send(http, HttpMethod.PUT, address + PINCODE, token, RESET, 400));
    }

    private static Future<JsonObject> send(
            HttpClient http, HttpMethod method, String url, String token, JsonObject body, int expected) {
        RequestOptions request = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(url)
                .putHeader("Authorization", "Bearer " + token)
                .putHeader("Content-Type", "application/json");
        return http.request(request)
                .compose(open -> (body == null ? open.send() : open.send(body.toBuffer()))
                        .compose(response -> response.body().map(answer -> {
                            if (response.statusCode() != expected) {
                                throw new IllegalStateException(method + " " + response.statusCode() + " " + answer);
                            }
                            return answer.toJsonObject();
                        })));
    }

    @Override
    public void close() {
        vertx.close();
    }
}
