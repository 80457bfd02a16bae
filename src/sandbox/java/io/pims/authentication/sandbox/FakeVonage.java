package io.pims.authentication.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The far side of the network: an HTTP endpoint that speaks Vonage's
 * <a href="https://developer.vonage.com/en/api/sms">SMS API</a> and can be told to misbehave. Whoever sends to it
 * by the real SDK needs only another base URI.
 */
public final class FakeVonage implements AutoCloseable {

    public static final String API_KEY = "5a4db0c5";
    public static final String API_SECRET = "only-in-the-sandbox";

    /** What delivery receipts are signed with, by HMAC-SHA-256. */
    public static final String SIGNATURE_SECRET = "signs-only-in-the-sandbox";

    private static final String LOOPBACK = "127.0.0.1";
    private static final long PATIENCE_S = 10;

    private final Vertx vertx;
    private final int port;
    private final Inbox inbox = new Inbox();
    private final Receipts receipts;
    private final AtomicLong requestsTaken = new AtomicLong();
    private volatile ProviderSettings settings = ProviderSettings.NORMAL;
    private volatile Consumer<Submission> log = submission -> {};
    private HttpServer listener;

    private FakeVonage(Vertx vertx, int port) {
        this.vertx = vertx;
        this.port = port;
        this.receipts = new Receipts(vertx);
    }

    /** Starts one on the loopback address, with threads of its own that do not keep the JVM from ending. */
    public static FakeVonage start(int port) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        FakeVonage vonage = new FakeVonage(vertx, port);
        vonage.listen();
        return vonage;
    }

    /** @param arguments its port; and where delivery receipts go, if anywhere */
    public static void main(String... arguments) throws InterruptedException {
        FakeVonage vonage = start(Integer.parseInt(arguments[0]));
        if (arguments.length > 1) {
            vonage.tellReceipts(URI.create(arguments[1]));
        }
        System.out.println("Fake Vonage at " + vonage.baseUri());
        Thread.currentThread().join();
    }

    public URI baseUri() {
        return URI.create("http://" + LOOPBACK + ":" + port);
    }

    /** Sends a signed delivery receipt there for each message that it takes, unless told not to. */
    public void tellReceipts(URI webhook) {
        tellReceipts(() -> webhook);
    }

    /** @param webhook asked for each receipt */
    void tellReceipts(Supplier<URI> webhook) {
        receipts.tell(webhook);
    }

    /** Has each request told before it is answered. */
    public void logTo(Consumer<Submission> newLog) {
        log = newLog;
    }

    public ProviderSettings settings() {
        return settings;
    }

    public void behave(Behaviour behaviour) {
        behave(ProviderSettings.of(behaviour));
    }

    /** Returns when the new behaviour is in force for every new request; those under way keep the old one. */
    public synchronized void behave(ProviderSettings wanted) {
        settings = wanted;
        if (wanted.behaviour() == Behaviour.UNREACHABLE) {
            hangUp();
        } else {
            listen();
        }
    }

    /** Everything received, newest last. */
    public List<ReceivedMessage> messages() {
        return inbox.all();
    }

    /** What a number received, newest last; the number with or without its plus. */
    public List<ReceivedMessage> messagesTo(String number) {
        String to = SubmittedSms.e164(number);
        return inbox.all().stream().filter(message -> message.to().equals(to)).toList();
    }

    /** How many requests came in, those that were not sent on included. */
    public long requestsTaken() {
        return requestsTaken.get();
    }

    public void clear() {
        inbox.clear();
        requestsTaken.set(0);
    }

    /** As just started. */
    public void reset() {
        behave(ProviderSettings.NORMAL);
        clear();
    }

    @Override
    public synchronized void close() {
        listener = null;
        await(vertx.close());
    }

    private void listen() {
        if (listener == null) {
            HttpServerOptions options =
                    new HttpServerOptions().setHost(LOOPBACK).setPort(port);
            listener = await(vertx.createHttpServer(options)
                    .requestHandler(
                            new SmsEndpoint(vertx, this::take, inbox, receipts, submission -> log.accept(submission)))
                    .listen());
        }
    }

    private void hangUp() {
        if (listener != null) {
            await(listener.close());
            listener = null;
        }
    }

    private ProviderSettings take() {
        requestsTaken.incrementAndGet();
        return settings;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The fake Vonage does not obey", e);
        }
    }
}
