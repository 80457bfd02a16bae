package io.pims.authentication.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The far side of the network: an HTTP endpoint that speaks the APIs of Vonage and can be told to misbehave. Whoever
 * sends to it by the real SDK needs only another base URI. Beside them it is a gateway of one's own, for SMS by
 * webhook.
 *
 * <p>Each {@link ProviderApi} has a port of its own, at which it alone can be unreachable. All of them answer at each.
 */
public final class FakeVonage implements AutoCloseable {

    public static final String API_KEY = "5a4db0c5";
    public static final String API_SECRET = "only-in-the-sandbox";

    /** Signs delivery receipts, by HMAC-SHA-256. */
    public static final String SIGNATURE_SECRET = "signs-only-in-the-sandbox";

    /** Signs requests to the gateway: 24 bytes of text, as Base64. */
    public static final String WEBHOOK_SECRET = "whsec_b25seS1pbi10aGUtc2FuZGJveC0wMDAx";

    private static final String LOOPBACK = "127.0.0.1";
    private static final long PATIENCE_S = 10;

    private final Vertx vertx;
    private final Map<ProviderApi, Integer> ports;
    private final Inbox inbox = new Inbox();
    private final Receipts receipts;
    private final AtomicLong requestsTaken = new AtomicLong();
    private final Map<ProviderApi, ProviderSettings> settings = new ConcurrentHashMap<>();
    private volatile Consumer<Submission> log = submission -> {};
    private final Map<ProviderApi, HttpServer> listeners = new EnumMap<>(ProviderApi.class);

    private FakeVonage(Vertx vertx, Map<ProviderApi, Integer> ports) {
        this.vertx = vertx;
        this.ports = ports;
        this.receipts = new Receipts(vertx);
    }

    /**
     * Starts one on the loopback address, with threads of its own that do not keep the JVM from ending.
     *
     * @param port of the SMS API; the others have any that is free
     */
    public static FakeVonage start(int port) {
        return start(Map.of(
                ProviderApi.SMS, port,
                ProviderApi.MESSAGES, FreePort.find(),
                ProviderApi.WEBHOOK, FreePort.find()));
    }

    private static FakeVonage start(Map<ProviderApi, Integer> ports) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        FakeVonage vonage = new FakeVonage(vertx, ports);
        vonage.behave(ProviderSettings.NORMAL);
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

    /** Returns where all APIs are, as long as the SMS API is reachable. */
    public URI baseUri() {
        return baseUri(ProviderApi.SMS);
    }

    /** Returns where one API is, whether or not the others are reachable. */
    public URI baseUri(ProviderApi api) {
        return URI.create("http://" + LOOPBACK + ":" + ports.get(api));
    }

    /**
     * Sends a signed delivery receipt there for each message that it takes, unless told not to; for those of the
     * Messages API to {@code messages} below it.
     */
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

    /** Returns how the SMS API behaves, and all others unless they were told by themselves. */
    public ProviderSettings settings() {
        return settings(ProviderApi.SMS);
    }

    public ProviderSettings settings(ProviderApi api) {
        return settings.get(api);
    }

    public void behave(Behaviour behaviour) {
        behave(ProviderSettings.of(behaviour));
    }

    /** Returns when the new behaviour is in force for every new request; those under way keep the old one. */
    public void behave(ProviderSettings wanted) {
        for (ProviderApi api : ProviderApi.values()) {
            behave(api, wanted);
        }
    }

    /** As {@link #behave(ProviderSettings)}, for one API alone. */
    public synchronized void behave(ProviderApi api, ProviderSettings wanted) {
        settings.put(api, wanted);
        if (wanted.behaviour() == Behaviour.UNREACHABLE) {
            hangUp(api);
        } else {
            listen(api);
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
        listeners.clear();
        await(vertx.close());
    }

    private void listen(ProviderApi api) {
        if (!listeners.containsKey(api)) {
            HttpServerOptions options =
                    new HttpServerOptions().setHost(LOOPBACK).setPort(ports.get(api));
            listeners.put(
                    api,
                    await(vertx.createHttpServer(options)
                            .requestHandler(new ProviderEndpoint(
                                    vertx, this::take, inbox, receipts, submission -> log.accept(submission)))
                            .listen()));
        }
    }

    private void hangUp(ProviderApi api) {
        HttpServer listener = listeners.remove(api);
        if (listener != null) {
            await(listener.close());
        }
    }

    private ProviderSettings take(ProviderApi api) {
        requestsTaken.incrementAndGet();
        return settings.get(api);
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
