package io.pims.authentication.sms.webhook;

import io.pims.authentication.sms.SendPermit;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsSender;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Posts each SMS to a gateway, signed by <a href="https://www.standardwebhooks.com">Standard Webhooks</a>, by Vert.x' HTTP
 * client. The web client above it would not let us look once more between the open connection and the request.
 *
 * <p>A call ends within connect timeout plus read timeout. There are as many connections as calls, and nothing queues
 * here: one more is answered "try later".
 */
final class WebhookSmsSender implements SmsSender, AutoCloseable {

    /** Less than load balancers commonly grant an idle connection, so that a send seldom meets a dead one. */
    private static final int CONNECTION_LIFE_SECONDS = 30;

    private static final int LONGEST_HEADERS = 8192;

    private final Vertx vertx;
    private final Context context;
    private final HttpClient http;
    private final RequestOptions address;
    private final WebhookSignature signature;
    private final Clock clock;
    private final int concurrency;
    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final Semaphore idle;
    private volatile boolean closed;

    WebhookSmsSender(URI url, WebhookSignature signature, WebhookConfig config, Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.signature = signature;
        this.clock = clock;
        this.concurrency = config.clients();
        this.connectTimeout = config.connectTimeout();
        this.readTimeout = config.readTimeout();
        this.idle = new Semaphore(concurrency);
        this.context = vertx.getOrCreateContext();
        this.address = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url.toString());
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setMaxPoolSize(concurrency)
                // For a moment: a connection is given back a little later than its call ends.
                .setMaxWaitQueueSize(concurrency)
                .setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()))
                .setSslHandshakeTimeout(connectTimeout.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(CONNECTION_LIFE_SECONDS)
                .setMaxHeaderSize(LONGEST_HEADERS)
                // Its spans and headers would tell the whole address; the call has a span of its own.
                .setTracingPolicy(TracingPolicy.IGNORE);
        // What breaks a connection fails its exchange. Vert.x would log it as well, with what came over the wire.
        this.http = vertx.httpClientBuilder()
                .with(options)
                .withConnectHandler(connection -> connection.exceptionHandler(failure -> {}))
                .build();
    }

    @Override
    public Uni<SmsOutcome> send(Sms sms, SendPermit permit) {
        return Uni.createFrom().emitter(emitter -> {
            if (closed) {
                emitter.complete(SmsOutcome.tryLater("shutting down"));
            } else if (!idle.tryAcquire()) {
                emitter.complete(SmsOutcome.tryLater("all clients busy"));
            } else {
                context.runOnContext(begin -> exchange(sms, permit, outcome -> {
                    idle.release();
                    emitter.complete(outcome);
                }));
            }
        });
    }

    private void exchange(Sms sms, SendPermit permit, Consumer<SmsOutcome> end) {
        WebhookExchange exchange = new WebhookExchange(end);
        limit(exchange, connectTimeout);
        http.request(new RequestOptions(address)).onFailure(exchange::failed).onSuccess(request -> {
            if (exchange.isEnded()) {
                // The connection came too late.
                WebhookExchange.drop(request);
                return;
            }
            if (!permit.lasts(readTimeout)) {
                exchange.giveUp(request);
                return;
            }
            limit(exchange, readTimeout);
            exchange.send(request, new WebhookMessage(sms, clock.instant(), signature));
        });
    }

    /** Limits what comes next; a limit before it ends. */
    private void limit(WebhookExchange exchange, Duration longest) {
        long timer = vertx.setTimer(longest.toMillis(), late -> exchange.outOfTime());
        exchange.untilNext(() -> vertx.cancelTimer(timer));
    }

    /** True: a road without a gateway stops the start. */
    @Override
    public boolean configured() {
        return true;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public Duration longestCall() {
        return connectTimeout.plus(readTimeout);
    }

    @Override
    public void close() {
        closed = true;
        http.close();
    }
}
